package org.diptych.service.dataset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.function.Consumer;
import org.diptych.protocol.Protocol;
import org.diptych.statistics.annotator.Consensus;
import org.diptych.statistics.annotator.ConsensusModel;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.LabelTable;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of each task say together, by the rule that was asked for. The model of the annotators looks at all tasks
 * first: three numbers a label are kept for it, and four a task.
 */
final class Outcomes {
    private final @Nullable Consensus consensus;

    private Outcomes(@Nullable Consensus consensus) {
        this.consensus = consensus;
    }

    /** By votes alone. */
    static Outcomes ofVotes() {
        return new Outcomes(null);
    }

    /**
     * By the model of the annotators.
     *
     * @param tasks hands over all tasks
     * @return by votes where the model does not converge
     */
    static Outcomes ofAnnotators(Consumer<Consumer<LabelledTask>> tasks) {
        var count = new int[1];
        var annotators = new HashMap<String, Integer>();
        var rows = new Rows();
        tasks.accept(task -> {
            int number = count[0]++;
            for (var said : task.labels()) {
                rows.add(
                        number,
                        annotators.computeIfAbsent(said.annotator(), _ -> annotators.size()),
                        LabelledTask.VERDICTS.indexOf(said.overall()));
            }
        });
        if (count[0] == 0) {
            return ofVotes();
        }
        var table = rows.table(count[0], annotators.size());
        return switch (new ConsensusModel().consensus(table)) {
            case Fit.Converged<Consensus>(Consensus consensus, var _) -> new Outcomes(consensus);
            case Fit.NotConverged<Consensus> _ -> ofVotes();
        };
    }

    /** Whether votes alone count. */
    boolean areVotes() {
        return consensus == null;
    }

    /**
     * What a task is taken to be: what an adjudicator decided, else what its labels say together.
     *
     * @param number of the task among all, in the order in which they are read
     */
    Outcome of(LabelledTask task, int number) {
        if (task.isAdjudicated()) {
            return Outcome.ofVotes(task.votes(Protocol.OVERALL), Outcome.Source.ADJUDICATION);
        }
        return consensus == null
                ? Outcome.ofVotes(task.votes(Protocol.OVERALL))
                : new Outcome(consensus.posterior(number), Outcome.Source.ANNOTATOR_MODEL);
    }

    private static final class Rows {
        private int size;
        private int[] task = new int[1024];
        private int[] annotator = new int[1024];
        private int[] label = new int[1024];

        void add(int ofTask, int by, int said) {
            if (size == task.length) {
                task = Arrays.copyOf(task, size * 2);
                annotator = Arrays.copyOf(annotator, size * 2);
                label = Arrays.copyOf(label, size * 2);
            }
            task[size] = ofTask;
            annotator[size] = by;
            label[size++] = said;
        }

        LabelTable table(int tasks, int annotators) {
            return LabelTable.of(
                    tasks,
                    annotators,
                    LabelledTask.VERDICTS.size(),
                    Arrays.copyOf(task, size),
                    Arrays.copyOf(annotator, size),
                    Arrays.copyOf(label, size));
        }
    }
}
