package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.diptych.service.agreement.AnsweredPair.Given;
import org.diptych.statistics.agreement.PatternHistogram;
import org.diptych.statistics.agreement.Ratings;

/**
 * Some pairs with some of their answers.
 *
 * @param pairs those with an answer
 */
record Selection(List<AnsweredPair> pairs) {
    /** Those of the answers that are wanted, and the pairs that have one. */
    Selection where(Predicate<Given> wanted) {
        var kept = new ArrayList<AnsweredPair>();
        for (var pair : pairs) {
            var part = pair.where(wanted);
            if (!part.answers().isEmpty()) {
                kept.add(part);
            }
        }
        return new Selection(kept);
    }

    /** Those of the pairs that are wanted, with all their answers. */
    Selection ofPairs(Predicate<AnsweredPair> wanted) {
        return new Selection(pairs.stream().filter(wanted).toList());
    }

    long labels() {
        long labels = 0;
        for (var pair : pairs) {
            labels += pair.answers().size();
        }
        return labels;
    }

    /** Pairs with two answers or more. */
    long comparable() {
        long comparable = 0;
        for (var pair : pairs) {
            comparable += pair.answers().size() >= 2 ? 1 : 0;
        }
        return comparable;
    }

    /** How the units of all pairs were rated. */
    PatternHistogram histogram(Scale scale) {
        var builder = PatternHistogram.builder(scale.values());
        pairs.forEach(pair -> count(pair, scale, builder));
        return builder.build();
    }

    /** The same for parts of the pairs; a pair may be in several parts. */
    <K> Map<K, PatternHistogram> histograms(Scale scale, Function<AnsweredPair, List<K>> parts) {
        var builders = new LinkedHashMap<K, PatternHistogram.Builder>();
        for (var pair : pairs) {
            for (var part : parts.apply(pair)) {
                count(pair, scale, builders.computeIfAbsent(part, _ -> PatternHistogram.builder(scale.values())));
            }
        }
        var histograms = new LinkedHashMap<K, PatternHistogram>();
        builders.forEach((part, builder) -> histograms.put(part, builder.build()));
        return histograms;
    }

    private static void count(AnsweredPair pair, Scale scale, PatternHistogram.Builder builder) {
        var values = new int[pair.answers().size()];
        for (var unit = 0; unit < scale.units(); unit++) {
            for (var place = 0; place < values.length; place++) {
                values[place] = scale.value(pair.answers().get(place).code(), unit);
            }
            builder.addUnit(values);
        }
    }

    /** Who gave which value, with the annotators by their numbers. */
    Ratings ratings(Scale scale, int annotators) {
        var most = (int) labels() * scale.units();
        var unit = new int[most];
        var annotator = new int[most];
        var value = new int[most];
        var size = 0;
        var number = 0;
        for (var pair : pairs) {
            for (var part = 0; part < scale.units(); part++) {
                for (var given : pair.answers()) {
                    var rated = scale.value(given.code(), part);
                    if (rated != PatternHistogram.MISSING) {
                        unit[size] = number;
                        annotator[size] = given.annotator();
                        value[size++] = rated;
                    }
                }
                number++;
            }
        }
        return Ratings.of(
                scale.values(),
                IntStream.range(0, annotators).mapToObj(String::valueOf).toList(),
                Arrays.copyOf(unit, size),
                Arrays.copyOf(annotator, size),
                Arrays.copyOf(value, size));
    }
}
