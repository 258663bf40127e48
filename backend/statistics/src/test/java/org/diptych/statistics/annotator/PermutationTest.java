package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Numbers given to tasks, annotators and classes are only names. */
class PermutationTest {

    private static final int TASKS = 40;
    private static final int ANNOTATORS = 6;
    private static final int CLASSES = 3;

    @RepeatedTest(40)
    void renaming_renames_the_result_and_changes_nothing_else(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        long seed = draw.seed();
        int which = draw.between(0, 2);
        AnnotatorModel model = List.<AnnotatorModel>of(new MajorityVote(), new DawidSkene(), new OneCoin())
                .get(which);
        var random = new Random(seed);
        int rows = TASKS * 4;
        int[] task = IntStream.range(0, rows).map(row -> row / 4).toArray();
        int[] annotator = random.ints(rows, 0, ANNOTATORS).toArray();
        int[] label = IntStream.range(0, rows)
                .map(row -> random.nextInt(10) < 7 ? row / 4 % CLASSES : random.nextInt(CLASSES))
                .toArray();
        int[] taskName = shuffled(TASKS, random);
        int[] annotatorName = shuffled(ANNOTATORS, random);
        int[] className = shuffled(CLASSES, random);

        Consensus plain = finished(model.consensus(LabelTable.of(TASKS, ANNOTATORS, CLASSES, task, annotator, label)));
        Consensus renamed = finished(model.consensus(LabelTable.of(
                TASKS,
                ANNOTATORS,
                CLASSES,
                rename(task, taskName),
                rename(annotator, annotatorName),
                rename(label, className))));

        for (int index = 0; index < TASKS; index++) {
            for (int value = 0; value < CLASSES; value++) {
                assertThat(renamed.probability(taskName[index], className[value]))
                        .isCloseTo(plain.probability(index, value), within(1e-6));
            }
        }
        for (int who = 0; who < ANNOTATORS; who++) {
            assertThat(renamed.reliability(annotatorName[who]).estimate())
                    .isCloseTo(plain.reliability(who).estimate(), within(1e-6));
            assertThat(renamed.reliability(annotatorName[who]).low())
                    .isCloseTo(plain.reliability(who).low(), within(1e-5));
        }
    }

    /** The state after the same number of steps is comparable even where a random table converges slowly. */
    private static Consensus finished(Fit<Consensus> fit) {
        return switch (fit) {
            case Fit.Converged<Consensus>(Consensus result, Convergence _) -> result;
            case Fit.NotConverged<Consensus>(Consensus lastState, Convergence _, String _) -> lastState;
        };
    }

    private static int[] rename(int[] values, int[] name) {
        return IntStream.of(values).map(value -> name[value]).toArray();
    }

    private static int[] shuffled(int size, Random random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int last = size - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }
        return order;
    }
}
