package org.diptych.reward;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a fit as batches on the device, each in as many pieces as the device's memory allows. A few batches are kept there; with
 * more, each is made when it is needed.
 */
final class LabelPieces implements AutoCloseable {

    private static final int BATCHES_KEPT = 4;

    private final NDManager parent;
    private final FitData data;
    private final List<TrainingExample> examples;
    private final float[][] weights;
    private final List<List<Integer>> batches;
    private final DeviceMemory memory;
    private final Map<Integer, List<Piece>> kept = new HashMap<>();
    private NDManager owner;

    /**
     * @param parent owns the native memory until this is closed
     * @param examples the labels
     * @param weights weight of every label for every member, [B][M]
     * @param batches rows of labels, batch by batch
     */
    LabelPieces(
            NDManager parent,
            FitData data,
            List<TrainingExample> examples,
            float[][] weights,
            List<List<Integer>> batches,
            DeviceMemory memory) {
        this.parent = parent;
        this.data = data;
        this.examples = examples;
        this.weights = weights;
        this.batches = batches;
        this.memory = memory;
        owner = parent.newSubManager();
    }

    /**
     * A piece of a batch.
     *
     * @param rows which labels it holds
     * @param batch their arrays
     * @param weights weight of every label for every member, [B, M]
     */
    record Piece(List<Integer> rows, LabelBatch batch, NDArray weights) {}

    /** Number of batches. */
    int size() {
        return batches.size();
    }

    /** What to do with the pieces of a batch. */
    @FunctionalInterface
    interface Use<T> {
        T of(List<Piece> pieces);
    }

    /**
     * Uses a batch, in smaller and smaller pieces until they fit into the device's memory.
     *
     * @param use may be called again from its beginning
     */
    <T> T with(int batch, Use<T> use) {
        while (true) {
            try {
                if (batches.size() <= BATCHES_KEPT) {
                    return use.of(reserved(kept.computeIfAbsent(batch, ignored -> make(owner, batch))));
                }
                try (var local = parent.newSubManager()) {
                    return use.of(reserved(make(local, batch)));
                }
            } catch (EngineException e) {
                memory.halve(e, batches.get(batch).size());
                kept.clear();
                owner.close();
                owner = parent.newSubManager();
            }
        }
    }

    private List<Piece> reserved(List<Piece> pieces) {
        pieces.forEach(piece -> memory.reserve(piece.rows().size()));
        return pieces;
    }

    private List<Piece> make(NDManager manager, int batch) {
        var rows = batches.get(batch);
        int size = Math.ceilDiv(rows.size(), memory.pieces());
        var pieces = new ArrayList<Piece>();
        for (int start = 0; start < rows.size(); start += size) {
            var own = rows.subList(start, Math.min(rows.size(), start + size));
            pieces.add(new Piece(
                    own,
                    LabelBatch.of(manager, data, own.stream().map(examples::get).toList()),
                    BatchedFit.weights(
                            manager, own.stream().map(row -> weights[row]).toArray(float[][]::new))));
        }
        return pieces;
    }

    @Override
    public void close() {
        owner.close();
    }
}
