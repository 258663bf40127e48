package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.diptych.statistics.data.PublishedRatings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real ratings: what the others say must predict the rater who was left out. */
class LeaveOneRaterOutTest {

    private static final int FOLDS = 5;

    /** Share of labels of a left-out rater that the consensus of the others predicts, and mean log score in nats. */
    private record Prediction(double accuracy, double logScore, double majorityClass) {}

    static List<AnnotatorModel> models() {
        return List.of(new DawidSkene(), new OneCoin());
    }

    static List<LabelTable> ratings() {
        return List.of(imagenHub(false), imagenHub(true), textImage());
    }

    @ParameterizedTest
    @MethodSource("ratings")
    void confusion_matrices_predict_a_rater_better_than_the_vote_of_the_others(LabelTable labels) {
        Prediction vote = predict(labels, new MajorityVote());
        Prediction dawidSkene = predict(labels, new DawidSkene());

        assertThat(dawidSkene.accuracy()).isGreaterThan(vote.accuracy());
        assertThat(dawidSkene.logScore()).isGreaterThan(vote.logScore() + 0.04);
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_model_beats_the_most_frequent_answer(AnnotatorModel model) {
        for (LabelTable labels : ratings()) {
            Prediction prediction = predict(labels, model);

            assertThat(prediction.accuracy()).isGreaterThan(prediction.majorityClass() + 0.05);
        }
    }

    @Test
    void accuracies_on_the_five_raters_of_text_image_consistency() {
        assertThat(predict(textImage(), new MajorityVote()).accuracy()).isCloseTo(0.593, within(0.002));
        assertThat(predict(textImage(), new DawidSkene()).accuracy()).isCloseTo(0.647, within(0.002));
    }

    @ParameterizedTest
    @MethodSource("ratings")
    void at_the_switch_matrices_already_predict_better_than_one_number_each(LabelTable labels) {
        // every rater has labelled every task, so there are as many tasks as labels per rater
        int tasks = ConsensusModel.ENOUGH * labels.classes();
        int parts = 12;
        double gain = 0;
        for (int seed = 0; seed < parts; seed++) {
            var part = part(labels, tasks, new SplittableRandom(seed));
            gain += predict(part, new DawidSkene()).logScore()
                    - predict(part, new OneCoin()).logScore();
        }
        assertThat(gain / parts).isGreaterThan(0.02);
    }

    /** Some of the tasks, drawn by lot. */
    private static LabelTable part(LabelTable labels, int tasks, SplittableRandom random) {
        List<int[]> rows = new ArrayList<>();
        int[] order = new int[labels.tasks()];
        Arrays.setAll(order, index -> index);
        for (int index = 0; index < tasks; index++) {
            int other = random.nextInt(index, order.length);
            int task = order[other];
            order[other] = order[index];
            order[index] = task;
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                rows.add(new int[] {index, labels.annotator(position), labels.label(position)});
            }
        }
        return table(tasks, labels.annotators(), labels.classes(), rows);
    }

    private static LabelTable table(int tasks, int annotators, int classes, List<int[]> rows) {
        return LabelTable.of(
                tasks,
                annotators,
                classes,
                rows.stream().mapToInt(row -> row[0]).toArray(),
                rows.stream().mapToInt(row -> row[1]).toArray(),
                rows.stream().mapToInt(row -> row[2]).toArray());
    }

    /**
     * Each rater's labels on each fifth of the tasks in turn are hidden; the rater's other labels show how the rater
     * labels, the other raters' labels show what the task is.
     */
    private static Prediction predict(LabelTable labels, AnnotatorModel model) {
        int right = 0;
        double logScore = 0;
        int[] count = new int[labels.classes()];
        for (int left = 0; left < labels.annotators(); left++) {
            for (int fold = 0; fold < FOLDS; fold++) {
                int rater = left;
                int hidden = fold;
                Predictor predictor =
                        predictor(model, labels.filter((task, who) -> who != rater || task % FOLDS != hidden));
                for (int task = fold; task < labels.tasks(); task += FOLDS) {
                    for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                        if (labels.annotator(position) == rater) {
                            double[] probability = predictor.nextLabel(task, rater);
                            int label = labels.label(position);
                            right += mostLikely(probability) == label ? 1 : 0;
                            logScore += Math.log(probability[label]);
                            count[label]++;
                        }
                    }
                }
            }
        }
        double total = labels.size();
        return new Prediction(
                right / total, logScore / total, Arrays.stream(count).max().orElseThrow() / total);
    }

    private interface Predictor {
        double[] nextLabel(int task, int annotator);
    }

    private static Predictor predictor(AnnotatorModel model, LabelTable labels) {
        if (model instanceof DawidSkene dawidSkene) {
            return dawidSkene.fit(labels).orElseThrow()::nextLabel;
        }
        Consensus consensus = model.consensus(labels).orElseThrow();
        return (task, annotator) -> {
            double rate = consensus.reliability(annotator).estimate();
            return Arrays.stream(consensus.posterior(task))
                    .map(probability -> rate * probability + (1 - rate) * (1 - probability) / (consensus.classes() - 1))
                    .toArray();
        };
    }

    private static int mostLikely(double[] probability) {
        int best = 0;
        for (int label = 1; label < probability.length; label++) {
            best = probability[label] > probability[best] ? label : best;
        }
        return best;
    }

    static LabelTable imagenHub(boolean quality) {
        var ratings = PublishedRatings.imagenHub("Text-Guided_IE");
        int models = ratings.models().size();
        int tasks = ratings.items() * models;
        int[] task = new int[tasks * 3];
        int[] annotator = new int[task.length];
        int[] label = new int[task.length];
        for (int row = 0; row < task.length; row++) {
            task[row] = row / 3;
            annotator[row] = row % 3;
            double[][][] measure = quality ? ratings.quality() : ratings.semantics();
            label[row] = (int) (2 * measure[row % 3][task[row] / models][task[row] % models]);
        }
        return LabelTable.of(tasks, 3, 3, task, annotator, label);
    }

    static LabelTable textImage() {
        List<int[]> rows = new ArrayList<>();
        int task = 0;
        for (Map<Integer, Integer> unit :
                PublishedRatings.textImageConsistency().values()) {
            for (var rating : unit.entrySet()) {
                rows.add(new int[] {task, rating.getKey(), rating.getValue() - 1});
            }
            task++;
        }
        return table(task, 5, 5, rows);
    }
}
