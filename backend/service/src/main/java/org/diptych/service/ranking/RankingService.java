package org.diptych.service.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.download.CsvRow;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How the editing models of a campaign compare, by its labels. Computed once for each last label and choice. No transaction
 * is around it: a page that waits holds no connection.
 */
@Service
public class RankingService {
    private static final int MOST_KEPT = 200;

    private final LabelReader reader;
    private final CampaignAccess access;
    private final Clock clock;
    private final Cache<Key, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(Duration.ofMinutes(15))
            .build();

    RankingService(LabelReader reader, CampaignAccess access, Clock clock) {
        this.reader = reader;
        this.access = access;
        this.clock = clock;
    }

    /**
     * The ranking of the comparisons that are chosen, for the campaign's leads: overall first, then each dimension.
     *
     * @throws Problem {@code unknown_category} when no label is of that category
     */
    public CampaignRanking of(SignedIn lead, UUID campaign, RankingChoice choice) {
        return of(lead, campaign, choice, null);
    }

    /**
     * The same of one dimension in every category that labels are of, for a table of models against categories.
     *
     * @param dimension its id, or {@code overall}
     */
    public List<CampaignRanking> byCategory(SignedIn lead, UUID campaign, RankingChoice choice, String dimension) {
        return of(lead, campaign, new RankingChoice(choice.population(), choice.answers(), null), dimension)
                .categories()
                .stream()
                .map(category -> of(
                        lead, campaign, new RankingChoice(choice.population(), choice.answers(), category), dimension))
                .toList();
    }

    private CampaignRanking of(SignedIn lead, UUID campaign, RankingChoice choice, @Nullable String onlyDimension) {
        access.requireLead(lead, campaign);
        var labels = reader.of(campaign);
        if (choice.category() != null && labels.rows().category(choice.category()) < 0) {
            throw Problem.notFound(
                    "unknown_category",
                    "No judgement is of the category " + choice.category() + ". There are: "
                            + String.join(", ", labels.rows().categories()) + ".");
        }
        var dimensions = labels.rows().dimensions();
        return new CampaignRanking(
                labels.protocol().reference(),
                labels.protocol().sha256(),
                RankingChoice.word(choice.population()),
                RankingChoice.word(choice.answers()),
                choice.category(),
                labels.rows().categories(),
                labels.withinModel(),
                clock.instant(),
                ComparisonFit.INTERVAL,
                choice.population() == RankingChoice.Population.UNIFORM
                        ? "Pairs drawn at random; every one counts once."
                        : "A judgement of a pair that the model chose counts 1 / (selection probability x pairs it was"
                                + " chosen from); all others count once.",
                IntStream.range(0, dimensions.size())
                        .filter(index ->
                                onlyDimension == null || dimensions.get(index).equals(onlyDimension))
                        .mapToObj(index -> dimension(campaign, labels, choice, index))
                        .toList());
    }

    private CampaignRanking.Dimension dimension(
            UUID campaign, LabelReader.Labels labels, RankingChoice choice, int index) {
        var key = new Key(campaign, choice, index);
        // of many who ask at once, one computes
        return Objects.requireNonNull(known.asMap()
                        .compute(
                                key,
                                (_, before) -> before != null && before.basis().equals(labels.basis())
                                        ? before
                                        : new Known(labels.basis(), ComparisonFit.of(labels.rows(), choice, index))))
                .dimension();
    }

    /** The ranking as CSV (RFC 4180): every model in every dimension, over all categories and in each. */
    public String csv(SignedIn lead, UUID campaign, RankingChoice choice) {
        var all = of(lead, campaign, choice);
        var csv = new StringBuilder(CsvRow.of(
                "protocol",
                "population",
                "answers",
                "category",
                "dimension",
                "state",
                "model",
                "rank",
                "rank_low",
                "rank_high",
                "strength",
                "strength_low",
                "strength_high",
                "preferred",
                "preferred_low",
                "preferred_high",
                "wins",
                "ties",
                "losses",
                "sources",
                "left_bias",
                "left_bias_low",
                "left_bias_high"));
        append(csv, all);
        if (choice.category() == null && all.categories().size() <= CampaignRanking.MOST_CATEGORIES) {
            all.categories()
                    .forEach(category -> append(
                            csv,
                            of(lead, campaign, new RankingChoice(choice.population(), choice.answers(), category))));
        }
        return csv.toString();
    }

    private static void append(StringBuilder csv, CampaignRanking ranking) {
        for (var dimension : ranking.dimensions()) {
            var bias = dimension.positionBias();
            for (var model : dimension.models()) {
                csv.append(CsvRow.of(
                        ranking.protocol(),
                        ranking.population(),
                        ranking.answers(),
                        ranking.category(),
                        dimension.dimension(),
                        dimension.state().name().toLowerCase(Locale.ROOT),
                        model.model(),
                        value(model.rank()),
                        low(model.rank()),
                        high(model.rank()),
                        value(model.strength()),
                        low(model.strength()),
                        high(model.strength()),
                        value(model.preferred()),
                        low(model.preferred()),
                        high(model.preferred()),
                        model.wins(),
                        model.ties(),
                        model.losses(),
                        dimension.sources(),
                        value(bias),
                        low(bias),
                        high(bias)));
            }
        }
    }

    private static @Nullable Double value(CampaignRanking.@Nullable Figure figure) {
        return figure == null ? null : (Double) figure.value();
    }

    private static @Nullable Double low(CampaignRanking.@Nullable Figure figure) {
        return figure == null ? null : (Double) figure.low();
    }

    private static @Nullable Double high(CampaignRanking.@Nullable Figure figure) {
        return figure == null ? null : (Double) figure.high();
    }

    private record Key(UUID campaign, RankingChoice choice, int dimension) {}

    private record Known(LabelReader.Basis basis, CampaignRanking.Dimension dimension) {}
}
