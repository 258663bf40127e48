package org.diptych.reward.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101) with one rate for the backbone and one for the head, clipped by
 * the norm of all gradients together.
 */
final class TuningOptimizer {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double DECAY = 0.01;
    private static final double LONGEST_GRADIENT = 1;

    private final List<Group> groups;
    private int step;

    /**
     * Parameters with their rate and running moments.
     *
     * @param first means of the gradients, one per parameter
     * @param second means of their squares
     */
    private record Group(List<NDArray> parameters, double rate, List<NDArray> first, List<NDArray> second) {}

    TuningOptimizer(
            NDManager manager, List<NDArray> backbone, double backboneRate, List<NDArray> head, double headRate) {
        groups = List.of(group(manager, backbone, backboneRate), group(manager, head, headRate));
    }

    private static Group group(NDManager manager, List<NDArray> parameters, double rate) {
        var first = new ArrayList<NDArray>();
        var second = new ArrayList<NDArray>();
        for (var parameter : parameters) {
            first.add(manager.zeros(parameter.getShape()));
            second.add(manager.zeros(parameter.getShape()));
        }
        return new Group(parameters, rate, first, second);
    }

    /**
     * Applies the gradients that have been added up, and clears them. To be called within a scope of arrays.
     *
     * @return whether all gradients were finite; if not, nothing was changed
     */
    boolean step() {
        double square = 0;
        for (var group : groups) {
            for (var parameter : group.parameters()) {
                square += parameter.getGradient().square().sum().getFloat();
            }
        }
        if (!Double.isFinite(square)) {
            return false;
        }
        step++;
        double clip = Math.min(1, LONGEST_GRADIENT / (Math.sqrt(square) + 1e-12));
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (var group : groups) {
            for (int i = 0; i < group.parameters().size(); i++) {
                var parameter = group.parameters().get(i);
                var gradient = parameter.getGradient();
                var clipped = gradient.mul(clip);
                var m = group.first().get(i);
                var v = group.second().get(i);
                m.muli(BETA1).addi(clipped.mul(1 - BETA1));
                v.muli(BETA2).addi(clipped.square().mul(1 - BETA2));
                var move = m.div(v.div(correction2).sqrt().add(EPSILON)).mul(group.rate() / correction1);
                parameter.muli(1 - group.rate() * DECAY);
                parameter.subi(move);
                gradient.subi(gradient);
            }
        }
        return true;
    }

    int steps() {
        return step;
    }

    /** Everything a checkpoint needs beside the module: the head, and the moments of all parameters. */
    NDList state() {
        var state = new NDList();
        var head = groups.getLast().parameters();
        state.addAll(head);
        for (var group : groups) {
            state.addAll(group.first());
            state.addAll(group.second());
        }
        return state;
    }

    /** Puts the values of a {@link #state} back. */
    void restore(List<NDArray> values, int stepsDone) {
        var own = state();
        if (values.size() != own.size()) {
            throw new IllegalArgumentException("%d arrays for %d".formatted(values.size(), own.size()));
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).copyTo(own.get(i));
        }
        step = stepsDone;
    }
}
