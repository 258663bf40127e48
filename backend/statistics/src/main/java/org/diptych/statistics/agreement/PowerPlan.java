package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.diptych.statistics.evaluation.WilsonInterval;

/**
 * How precisely a campaign to be will measure agreement and a model, by simulation. Each pair has a true value; an
 * annotator gives it with the probability that is their reliability, and any of the others alike otherwise (the one-coin
 * model of Dawid and Skene 1979). The intervals are those that the campaign's own pages will compute.
 */
public final class PowerPlan {
    private static final IntervalSettings INTERVALS = new IntervalSettings(400, 0.95);

    private PowerPlan() {}

    /**
     * What is to be simulated.
     *
     * @param reliabilities of the annotators, each 0..1; who judges a pair is drawn among them
     * @param prevalence probability of each value of the scale, in its order; they add up to 1
     * @param level at which alpha is read
     * @param accuracy share of pairs for which the model gives the true value, 0..1
     * @param overlaps answers for each pair, each 1 to the number of annotators
     * @param pairs numbers of pairs, each 2 or more
     * @param repetitions campaigns that are simulated for each row of the plan
     */
    public record Question(
            List<Double> reliabilities,
            List<Double> prevalence,
            Level level,
            double accuracy,
            List<Integer> overlaps,
            List<Integer> pairs,
            int repetitions) {
        /** Refuses what cannot be simulated. */
        public Question {
            reliabilities = List.copyOf(reliabilities);
            prevalence = List.copyOf(prevalence);
            overlaps = List.copyOf(overlaps);
            pairs = List.copyOf(pairs);
            int annotators = reliabilities.size();
            require(reliabilities.stream().allMatch(PowerPlan::isShare), "reliabilities of 0 to 1");
            require(prevalence.size() >= 2 && prevalence.stream().allMatch(PowerPlan::isShare), "two values or more");
            require(
                    Math.abs(prevalence.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum()
                                    - 1)
                            < 1e-9,
                    "a whole of 1");
            require(isShare(accuracy), "an accuracy of 0 to 1");
            require(overlaps.stream().allMatch(answers -> answers >= 1 && answers <= annotators), "enough annotators");
            require(pairs.stream().allMatch(count -> count >= 2), "two pairs or more");
            require(repetitions >= 1, "one repetition or more");
        }

        private static void require(boolean condition, String needed) {
            if (!condition) {
                throw new IllegalArgumentException("A power plan needs " + needed);
            }
        }
    }

    /**
     * What so many answers for so many pairs give, as means over the repetitions.
     *
     * @param overlap answers for each pair
     * @param pairs number of pairs
     * @param alpha Krippendorff's alpha; NaN where it is undefined, as with one answer for each pair
     * @param halfWidth half the width of its 95 % interval; NaN where there is none
     * @param accuracy share of pairs on which the model agrees with the majority of the answers
     * @param accuracyHalfWidth half the width of Wilson's 95 % interval of it
     */
    public record Row(
            int overlap, int pairs, double alpha, double halfWidth, double accuracy, double accuracyHalfWidth) {
        /** Answers in all. */
        public long labels() {
            return (long) overlap * pairs;
        }
    }

    /**
     * Simulates.
     *
     * @param random where the seeds come from: the same source gives the same rows
     * @param stopped asked between repetitions; what is not complete by then is left out
     * @return a row for each number of pairs and, within it, each overlap, in their order
     */
    public static List<Row> simulate(Question question, RandomGenerator random, BooleanSupplier stopped) {
        var rows = new ArrayList<Row>();
        for (int pairs : question.pairs()) {
            for (int overlap : question.overlaps()) {
                var means = new Means();
                var seeds = new SplittableRandom(random.nextLong());
                for (int repetition = 0; repetition < question.repetitions(); repetition++) {
                    if (stopped.getAsBoolean()) {
                        return rows;
                    }
                    means.add(new Campaign(question, overlap, pairs, seeds.split()));
                }
                rows.add(means.row(overlap, pairs));
            }
        }
        return rows;
    }

    /**
     * The reliability of annotators alike whose answers reach the given alpha, at whatever level, where the values are
     * equally frequent: {@code r = 1/K + (1 - 1/K) √α}. Two answers then agree with {@code P = r² + (1 - r)²/(K - 1)},
     * and every two different values are met equally often, so that {@code α = (P - 1/K) / (1 - 1/K)}.
     *
     * @param alpha below 0 is taken for 0
     * @param values number K of values, 2 or more
     */
    public static double reliability(double alpha, int values) {
        double chance = 1.0 / values;
        return chance + (1 - chance) * Math.sqrt(Math.clamp(alpha, 0, 1));
    }

    private static boolean isShare(double share) {
        return share >= 0 && share <= 1;
    }

    /** One simulated campaign. */
    private static final class Campaign {
        private final Question question;
        private final RandomGenerator random;
        private final Estimate alpha;
        private final double accuracy;
        private final int pairs;

        Campaign(Question question, int overlap, int pairs, RandomGenerator random) {
            this.question = question;
            this.random = random;
            this.pairs = pairs;
            int values = question.prevalence().size();
            int annotators = question.reliabilities().size();
            var order = IntStream.range(0, annotators).toArray();
            var unit = new int[pairs * overlap];
            var annotator = new int[pairs * overlap];
            var value = new int[pairs * overlap];
            int agreed = 0;
            for (int pair = 0; pair < pairs; pair++) {
                int truth = truth();
                var votes = new int[values];
                for (int answer = 0; answer < overlap; answer++) {
                    int drawn = answer + random.nextInt(annotators - answer);
                    int who = order[drawn];
                    order[drawn] = order[answer];
                    order[answer] = who;
                    int entry = pair * overlap + answer;
                    unit[entry] = pair;
                    annotator[entry] = who;
                    value[entry] = said(truth, question.reliabilities().get(who), values);
                    votes[value[entry]]++;
                }
                if (said(truth, question.accuracy(), values) == majority(votes)) {
                    agreed++;
                }
            }
            var names =
                    IntStream.range(0, annotators).mapToObj(Integer::toString).toList();
            var ratings = Ratings.of(ValueScale.range(1, values), names, unit, annotator, value);
            alpha = Agreement.of(ratings).estimate(Measure.alpha(question.level()), INTERVALS, random);
            accuracy = (double) agreed / pairs;
        }

        private int truth() {
            double left = random.nextDouble();
            for (int value = 0; value < question.prevalence().size() - 1; value++) {
                left -= question.prevalence().get(value);
                if (left < 0) {
                    return value;
                }
            }
            return question.prevalence().size() - 1;
        }

        private int said(int truth, double reliability, int values) {
            return random.nextDouble() < reliability ? truth : (truth + 1 + random.nextInt(values - 1)) % values;
        }

        private int majority(int[] votes) {
            int most = Arrays.stream(votes).max().orElse(0);
            var first = IntStream.range(0, votes.length)
                    .filter(value -> votes[value] == most)
                    .toArray();
            return first[random.nextInt(first.length)];
        }
    }

    /** Means over campaigns, of those in which there is something. */
    private static final class Means {
        private final List<Double> alphas = new ArrayList<>();
        private final List<Double> widths = new ArrayList<>();
        private final List<Double> accuracies = new ArrayList<>();
        private final List<Double> accuracyWidths = new ArrayList<>();

        void add(Campaign campaign) {
            if (campaign.alpha.coefficient() instanceof Coefficient.Defined defined) {
                alphas.add(defined.value());
            }
            campaign.alpha.interval().ifPresent(interval -> widths.add((interval.high() - interval.low()) / 2));
            var wilson = WilsonInterval.of(campaign.accuracy, campaign.pairs);
            accuracies.add(campaign.accuracy);
            accuracyWidths.add((wilson.high() - wilson.low()) / 2);
        }

        Row row(int overlap, int pairs) {
            return new Row(overlap, pairs, mean(alphas), mean(widths), mean(accuracies), mean(accuracyWidths));
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }
    }
}
