package org.diptych.ui.ranking;

import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.ranking.RankingChoice;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, as its address says it. Words that mean nothing are left out: an old link shows the usual, never an
 * error.
 *
 * @param choice which comparisons
 * @param dimension id of the dimension
 */
record RankingAddress(RankingChoice choice, String dimension) {
    static RankingAddress of(QueryParameters parameters) {
        return new RankingAddress(
                new RankingChoice(
                        constant(RankingChoice.Population.values(), value(parameters, "population")),
                        constant(RankingChoice.Answers.values(), value(parameters, "answers")),
                        value(parameters, "category").orElse(null)),
                value(parameters, "dimension").orElse(Protocol.OVERALL));
    }

    private static Optional<String> value(QueryParameters parameters, String name) {
        return parameters
                .getSingleParameter(name)
                .map(text -> text.replace("\0", ""))
                .filter(text -> !text.isEmpty());
    }

    private static <T extends Enum<T>> T constant(T[] values, Optional<String> word) {
        for (var value : values) {
            if (word.isPresent() && RankingChoice.word(value).equals(word.get())) {
                return value;
            }
        }
        return values[0];
    }

    RankingAddress with(RankingChoice.Population population) {
        return new RankingAddress(new RankingChoice(population, choice.answers(), choice.category()), dimension);
    }

    RankingAddress with(RankingChoice.Answers answers) {
        return new RankingAddress(new RankingChoice(choice.population(), answers, choice.category()), dimension);
    }

    RankingAddress in(@Nullable String category) {
        return new RankingAddress(new RankingChoice(choice.population(), choice.answers(), category), dimension);
    }

    RankingAddress on(String other) {
        return new RankingAddress(choice, other);
    }

    /** The page's address. */
    String page(UUID campaign) {
        return "campaigns/" + campaign + "/ranking" + query();
    }

    /** The address of the file with the same figures in all dimensions. */
    String csv(UUID campaign) {
        return "api/v1/campaigns/" + campaign + "/ranking.csv"
                + on(Protocol.OVERALL).query();
    }

    private String query() {
        var given = new LinkedHashMap<String, String>();
        if (choice.population() != RankingChoice.USUAL.population()) {
            given.put("population", RankingChoice.word(choice.population()));
        }
        if (choice.answers() != RankingChoice.USUAL.answers()) {
            given.put("answers", RankingChoice.word(choice.answers()));
        }
        if (!dimension.equals(Protocol.OVERALL)) {
            given.put("dimension", dimension);
        }
        var category = choice.category();
        if (category != null) {
            given.put("category", category);
        }
        return given.isEmpty() ? "" : "?" + QueryParameters.simple(given).getQueryString();
    }
}
