package org.diptych.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.diptych.protocol.Verdict;
import org.diptych.statistics.annotator.Consensus;
import org.diptych.statistics.annotator.ConsensusModel;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.LabelTable;
import org.diptych.statistics.ranking.Comparisons;
import org.diptych.statistics.ranking.PositionBias;

/**
 * How much each annotator's labels count, and which side of the screen the annotator favours, as fitted on the labels of a training set.
 *
 * <p>Weight: verdicts on pairs that several annotators answered give a consensus and each annotator's probability r to agree with it
 * ({@link ConsensusModel}). What a label teaches grows with Cohen's kappa against that consensus,
 * (r - e) / (1 - e) with e the agreement by chance given the annotator's own habits: somebody who clicks at random has 0, whatever the
 * habits. Weights are relative to the mean, so that an ordinary annotator has 1, and are shrunk to 1 where there are few verdicts to
 * judge by.
 *
 * <p>Side: log-odds of deciding for the left, shrunk to the population of annotators ({@link PositionBias}); valid since the sides are
 * drawn by lot.
 */
final class AnnotatorEffects {

    /** Verdicts on shared pairs at which a weight goes half of the way from 1 to its estimate. */
    private static final double HALF_WAY = 20;

    private static final double LEAST_WEIGHT = 0.05;
    private static final double MOST_WEIGHT = 2;
    /** Below this mean kappa the consensus is no measure of anybody. */
    private static final double LEAST_MEAN_KAPPA = 0.05;

    private static final Verdict[] VERDICTS = Verdict.values();

    private final Map<String, Integer> index;
    private final List<ModelCard.Annotator> annotators;

    private AnnotatorEffects(Map<String, Integer> index, List<ModelCard.Annotator> annotators) {
        this.index = index;
        this.annotators = List.copyOf(annotators);
    }

    /** Everybody counts alike and favours no side. */
    static AnnotatorEffects alike(List<TrainingExample> examples) {
        return new Fitting(examples).effects(false);
    }

    /** Fitted on the labels. */
    static AnnotatorEffects of(List<TrainingExample> examples) {
        return new Fitting(examples).effects(true);
    }

    int size() {
        return index.size();
    }

    /**
     * Place of an annotator, from 0, in the order of their ids.
     *
     * @throws IllegalStateException when the effects were fitted without the annotator
     */
    int index(String annotator) {
        return Lookup.of(index, annotator, "Annotator");
    }

    /** An annotator's log-odds for the left of two equal candidates. */
    double left(String annotator) {
        return annotators.get(index(annotator)).leftAdvantage();
    }

    /** The same over all labels. */
    double meanLeft() {
        double sum = 0;
        double count = 0;
        for (var annotator : annotators) {
            sum += annotator.labels() * annotator.leftAdvantage();
            count += annotator.labels();
        }
        return sum / Math.max(1, count);
    }

    /** The labels with their annotators' reliability in their weights. */
    List<TrainingExample> weigh(List<TrainingExample> examples) {
        return examples.stream()
                .map(example -> example.withWeight(example.weight()
                        * annotators.get(index(example.annotator())).weight()))
                .toList();
    }

    /** For the model card: by number, without names. */
    List<ModelCard.Annotator> annotators() {
        return annotators;
    }

    /** One verdict of one annotator on a question (a dimension of a pair). */
    private record Vote(int annotator, Verdict verdict) {}

    private record Question(int first, int second, int dimension) {}

    private static final class Fitting {
        private final List<TrainingExample> examples;
        private final Map<String, Integer> index = new LinkedHashMap<>();
        private final int[] labels;
        private final int[] shared;

        Fitting(List<TrainingExample> examples) {
            this.examples = examples;
            for (var name : new TreeSet<>(
                    examples.stream().map(TrainingExample::annotator).toList())) {
                index.put(name, index.size());
            }
            labels = new int[index.size()];
            shared = new int[index.size()];
            examples.forEach(example -> labels[annotator(example)]++);
        }

        AnnotatorEffects effects(boolean fitted) {
            double[] reliability = new double[labels.length];
            Arrays.fill(reliability, Double.NaN);
            double[] weight = fitted ? weights(reliability) : ones();
            double[] left = fitted ? lefts() : new double[labels.length];
            var annotators = new ArrayList<ModelCard.Annotator>();
            for (int i = 0; i < labels.length; i++) {
                annotators.add(new ModelCard.Annotator(
                        i + 1,
                        labels[i],
                        shared[i],
                        Double.isNaN(reliability[i]) ? null : reliability[i],
                        weight[i],
                        left[i]));
            }
            return new AnnotatorEffects(index, annotators);
        }

        private int annotator(TrainingExample example) {
            return Lookup.of(index, example.annotator(), "Annotator");
        }

        private double[] ones() {
            double[] ones = new double[labels.length];
            Arrays.fill(ones, 1);
            return ones;
        }

        private double[] weights(double[] reliability) {
            var questions = questions().values().stream()
                    .filter(votes ->
                            votes.stream().map(Vote::annotator).distinct().count() > 1)
                    .toList();
            if (questions.isEmpty()) {
                return ones();
            }
            int[][] said = new int[labels.length][VERDICTS.length];
            var rows = new ArrayList<int[]>();
            for (int task = 0; task < questions.size(); task++) {
                for (var vote : questions.get(task)) {
                    rows.add(new int[] {task, vote.annotator(), vote.verdict().ordinal()});
                    said[vote.annotator()][vote.verdict().ordinal()]++;
                    shared[vote.annotator()]++;
                }
            }
            var table = LabelTable.of(
                    questions.size(),
                    labels.length,
                    VERDICTS.length,
                    rows.stream().mapToInt(row -> row[0]).toArray(),
                    rows.stream().mapToInt(row -> row[1]).toArray(),
                    rows.stream().mapToInt(row -> row[2]).toArray());
            return switch (new ConsensusModel().consensus(table)) {
                case Fit.Converged<Consensus>(Consensus consensus, var ignored) ->
                    relative(consensus, said, reliability);
                case Fit.NotConverged<Consensus> ignored -> ones();
            };
        }

        private double[] relative(Consensus consensus, int[][] said, double[] reliability) {
            double[] kappa = new double[labels.length];
            double sum = 0;
            double votes = 0;
            for (int i = 0; i < kappa.length; i++) {
                if (shared[i] > 0) {
                    reliability[i] = consensus.reliability(i).estimate();
                    double chance = 0;
                    for (int verdict = 0; verdict < VERDICTS.length; verdict++) {
                        chance += consensus.prevalence()[verdict] * said[i][verdict] / shared[i];
                    }
                    kappa[i] = chance > 0.99 ? 0 : Math.clamp((reliability[i] - chance) / (1 - chance), 0, 1);
                    sum += shared[i] * kappa[i];
                    votes += shared[i];
                }
            }
            double mean = sum / votes;
            double[] weight = ones();
            for (int i = 0; i < kappa.length && mean >= LEAST_MEAN_KAPPA; i++) {
                double trust = shared[i] / (shared[i] + HALF_WAY);
                weight[i] = Math.clamp(1 + (kappa[i] / mean - 1) * trust, LEAST_WEIGHT, MOST_WEIGHT);
            }
            return weight;
        }

        private Map<Question, List<Vote>> questions() {
            var questions = new LinkedHashMap<Question, List<Vote>>();
            for (var example : examples) {
                boolean ordered = example.first() < example.second();
                for (int dimension = 0; dimension < example.answers().size(); dimension++) {
                    var question = new Question(
                            ordered ? example.first() : example.second(),
                            ordered ? example.second() : example.first(),
                            dimension);
                    Answers.verdict(example.answers().get(dimension))
                            .ifPresent(verdict -> questions
                                    .computeIfAbsent(question, ignored -> new ArrayList<>())
                                    .add(new Vote(annotator(example), ordered ? verdict : turned(verdict))));
                }
            }
            return questions;
        }

        private static Verdict turned(Verdict verdict) {
            return switch (verdict) {
                case FIRST -> Verdict.SECOND;
                case SECOND -> Verdict.FIRST;
                case TIE -> Verdict.TIE;
                case BOTH_BAD -> Verdict.BOTH_BAD;
            };
        }

        /** One decision a label, as its dimensions are not independent: the side that is better in sum. */
        private double[] lefts() {
            int n = examples.size();
            int[] left = new int[n];
            int[] right = new int[n];
            int[] who = new int[n];
            int[] outcome = new int[n];
            for (int i = 0; i < n; i++) {
                var example = examples.get(i);
                // a dimension without an answer speaks for neither side
                int difference = example.answers().stream()
                        .mapToInt(answer -> Answers.difference(answer).orElse(0))
                        .sum();
                left[i] = example.firstOnLeft() ? example.first() : example.second();
                right[i] = example.firstOnLeft() ? example.second() : example.first();
                who[i] = annotator(example);
                outcome[i] = Integer.signum(example.firstOnLeft() ? difference : -difference);
            }
            int items = Math.max(
                            Arrays.stream(left).max().orElse(0),
                            Arrays.stream(right).max().orElse(0))
                    + 1;
            return PositionBias.of(Comparisons.of(items, labels.length, left, right, who, outcome))
                    .annotators()
                    .stream()
                    .mapToDouble(annotator -> annotator.logOdds().estimate())
                    .toArray();
        }
    }
}
