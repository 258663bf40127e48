package org.diptych.service.agreement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.diptych.service.agreement.AgreementFigures.Group;
import org.diptych.service.agreement.AgreementFigures.Week;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.PatternHistogram;

/** Agreement in parts of a selection. */
final class Breakdown {
    /** More weeks make no line; the latest count. */
    private static final int MOST_WEEKS = 60;

    private static final int MOST_GROUPS = 200;
    private static final int MINUTES_A_DAY = 1_440;

    private final Selection selection;

    Breakdown(Selection selection) {
        this.selection = selection;
    }

    List<Group> categories(Scale scale) {
        return groups(scale, pair -> pair.category() == null ? List.of() : List.of(pair.category()));
    }

    /** A pair counts for both models that made its edits. */
    List<Group> models(Scale scale) {
        return groups(
                scale,
                pair -> Stream.of(pair.firstModel(), pair.secondModel())
                        .distinct()
                        .toList());
    }

    List<Group> modelPairs(Scale scale) {
        return groups(
                scale,
                pair -> List.of(Stream.of(pair.firstModel(), pair.secondModel())
                        .sorted()
                        .reduce((one, other) -> one + " / " + other)
                        .orElseThrow()));
    }

    /** Answers are compared with those of people who use the product in the same language. */
    List<Group> languages(Scale scale, List<String> languages) {
        var groups = new ArrayList<Group>();
        languages.stream().distinct().sorted().forEach(language -> {
            var same = selection.where(given -> languages.get(given.annotator()).equals(language));
            groups.add(group(scale, language, same.histogram(scale)));
        });
        return groups;
    }

    private List<Group> groups(Scale scale, Function<AnsweredPair, List<String>> parts) {
        return selection.histograms(scale, parts).entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, PatternHistogram> entry) ->
                                -entry.getValue().counts().pairable())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_GROUPS)
                .map(entry -> group(scale, entry.getKey(), entry.getValue()))
                .toList();
    }

    static Group group(Scale scale, String name, PatternHistogram histogram) {
        return new Group(
                name,
                histogram.counts().pairable() / scale.units(),
                Coefficients.reading(scale, histogram, Coefficients.MANY));
    }

    /** Each pair counts once, in the week in which its last answer came. */
    List<Week> weeks(List<Scale> scales) {
        var comparable = selection.ofPairs(pair -> pair.answers().size() >= 2);
        var byWeek = new TreeMap<LocalDate, List<CampaignAgreement.Reading>>();
        for (var scale : scales) {
            comparable.histograms(scale, pair -> List.of(monday(pair.lastMinute()))).entrySet().stream()
                    .sorted(Map.Entry.<LocalDate, PatternHistogram>comparingByKey()
                            .reversed())
                    .limit(MOST_WEEKS)
                    .forEach(entry -> byWeek.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                            .add(Coefficients.reading(scale, entry.getValue(), Coefficients.MANY)));
        }
        return byWeek.entrySet().stream()
                .map(entry -> new Week(entry.getKey(), entry.getValue()))
                .toList();
    }

    static LocalDate day(int minute) {
        return LocalDate.ofEpochDay(minute / MINUTES_A_DAY);
    }

    private static LocalDate monday(int minute) {
        return day(minute).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    List<CampaignAgreement.Reading> readings(List<Scale> scales, IntervalSettings settings) {
        return scales.stream()
                .map(scale -> Coefficients.reading(scale, selection.histogram(scale), settings))
                .toList();
    }
}
