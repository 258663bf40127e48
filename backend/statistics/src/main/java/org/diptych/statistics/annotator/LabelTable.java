package org.diptych.statistics.annotator;

import java.util.Arrays;

/**
 * Categorical labels in compact arrays, sorted by task. A task may have any number of labels, none included. Several
 * labels of one annotator on one task count as independent.
 */
public final class LabelTable {

    private final int annotators;
    private final int classes;
    private final int[] start;
    private final int[] annotator;
    private final int[] label;

    private LabelTable(int annotators, int classes, int[] start, int[] annotator, int[] label) {
        this.annotators = annotators;
        this.classes = classes;
        this.start = start;
        this.annotator = annotator;
        this.label = label;
    }

    /**
     * Sorts one row per label by task; the order of the rows of a task is kept.
     *
     * @param tasks number of tasks
     * @param annotators number of annotators
     * @param classes number of classes, 2 or more
     * @param task task of each row, 0 .. tasks - 1
     * @param annotator annotator of each row, 0 .. annotators - 1
     * @param label class of each row, 0 .. classes - 1
     * @throws IllegalArgumentException when the arrays differ in length or a row is out of range; the message names it
     */
    public static LabelTable of(int tasks, int annotators, int classes, int[] task, int[] annotator, int[] label) {
        if (classes < 2) {
            throw new IllegalArgumentException("Labels need at least two classes, not " + classes);
        }
        if (task.length != annotator.length || task.length != label.length) {
            throw new IllegalArgumentException("Need one task, annotator and label per row, but got %d, %d and %d"
                    .formatted(task.length, annotator.length, label.length));
        }
        int[] start = new int[tasks + 1];
        for (int row = 0; row < task.length; row++) {
            checkRange("task", row, task[row], tasks);
            checkRange("annotator", row, annotator[row], annotators);
            checkRange("label", row, label[row], classes);
            start[task[row] + 1]++;
        }
        for (int index = 0; index < tasks; index++) {
            start[index + 1] += start[index];
        }
        int[] next = start.clone();
        int[] sortedAnnotator = new int[task.length];
        int[] sortedLabel = new int[task.length];
        for (int row = 0; row < task.length; row++) {
            int position = next[task[row]]++;
            sortedAnnotator[position] = annotator[row];
            sortedLabel[position] = label[row];
        }
        return new LabelTable(annotators, classes, start, sortedAnnotator, sortedLabel);
    }

    private static void checkRange(String field, int row, int value, int size) {
        if (value < 0 || value >= size) {
            throw new IllegalArgumentException(
                    "Row %d: %s must be 0 to %d, not %d".formatted(row, field, size - 1, value));
        }
    }

    public int tasks() {
        return start.length - 1;
    }

    public int annotators() {
        return annotators;
    }

    public int classes() {
        return classes;
    }

    /** Number of labels. */
    public int size() {
        return label.length;
    }

    /** Position of the first label of a task; {@code start(task + 1)} is one past its last. */
    public int start(int task) {
        return start[task];
    }

    /** Who gave the label at a position. */
    public int annotator(int position) {
        return annotator[position];
    }

    /** The class at a position. */
    public int label(int position) {
        return label[position];
    }

    /** Number of labels of each annotator. */
    public int[] labelsPerAnnotator() {
        int[] count = new int[annotators];
        for (int who : annotator) {
            count[who]++;
        }
        return count;
    }

    /** Which labels to keep. */
    public interface Filter {
        boolean keep(int task, int annotator);
    }

    /** The same tasks, annotators and classes with some of the labels. */
    public LabelTable filter(Filter filter) {
        int[] keptStart = new int[start.length];
        int[] keptAnnotator = new int[label.length];
        int[] keptLabel = new int[label.length];
        int kept = 0;
        for (int task = 0; task < tasks(); task++) {
            for (int position = start[task]; position < start[task + 1]; position++) {
                if (filter.keep(task, annotator[position])) {
                    keptAnnotator[kept] = annotator[position];
                    keptLabel[kept] = label[position];
                    kept++;
                }
            }
            keptStart[task + 1] = kept;
        }
        return new LabelTable(
                annotators, classes, keptStart, Arrays.copyOf(keptAnnotator, kept), Arrays.copyOf(keptLabel, kept));
    }

    /**
     * The share of each class among the labels of each task, [task * classes + class]; uniform for a task without
     * labels.
     */
    double[] shares() {
        double[] share = new double[tasks() * classes];
        for (int task = 0; task < tasks(); task++) {
            int labels = start[task + 1] - start[task];
            if (labels == 0) {
                Arrays.fill(share, task * classes, (task + 1) * classes, 1.0 / classes);
            }
            for (int position = start[task]; position < start[task + 1]; position++) {
                share[task * classes + label[position]] += 1.0 / labels;
            }
        }
        return share;
    }
}
