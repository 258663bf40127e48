package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The labels of a fit as batches on the device. A few are kept there; with more, each is made when it is needed. */
final class LabelBatches implements AutoCloseable {

    private static final int BATCHES_KEPT = 4;

    private final NDManager manager;
    private final FitData data;
    private final List<TrainingExample> examples;
    private final float[][] weights;
    private final List<List<Integer>> batches;
    private final Map<Integer, Weighed> kept = new HashMap<>();

    /**
     * @param parent owns the native memory until this is closed
     * @param examples the labels
     * @param weights weight of every label for every member, [B][M]
     * @param batches rows of labels, batch by batch
     */
    LabelBatches(
            NDManager parent,
            FitData data,
            List<TrainingExample> examples,
            float[][] weights,
            List<List<Integer>> batches) {
        manager = parent.newSubManager();
        this.data = data;
        this.examples = examples;
        this.weights = weights;
        this.batches = batches;
    }

    /**
     * A batch.
     *
     * @param rows which labels it holds
     * @param labels their arrays
     * @param weights weight of every label for every member, [B, M]
     */
    record Weighed(List<Integer> rows, LabelBatch labels, NDArray weights) {}

    /** Uses a batch. */
    <T> T with(int batch, Function<Weighed, T> use) {
        if (batches.size() <= BATCHES_KEPT) {
            return use.apply(kept.computeIfAbsent(batch, ignored -> make(manager, batch)));
        }
        try (var local = manager.newSubManager()) {
            return use.apply(make(local, batch));
        }
    }

    private Weighed make(NDManager owner, int batch) {
        var rows = batches.get(batch);
        int members = weights[0].length;
        float[] flat = new float[rows.size() * members];
        for (int label = 0; label < rows.size(); label++) {
            System.arraycopy(weights[rows.get(label)], 0, flat, label * members, members);
        }
        return new Weighed(
                rows,
                LabelBatch.of(owner, data, rows.stream().map(examples::get).toList()),
                owner.create(flat, new Shape(rows.size(), members)));
    }

    @Override
    public void close() {
        manager.close();
    }
}
