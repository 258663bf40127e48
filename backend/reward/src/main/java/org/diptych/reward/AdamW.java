package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.diptych.reward.encoder.PyTorch;

/**
 * AdamW (Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101) with linear warm-up, cosine decay and clipping by the gradient's norm. The
 * last axis of every parameter is the ensemble's member: norms are taken per member, so that members do not disturb each other.
 */
final class AdamW {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-8;
    /** Reached after the warm-up, and lowered by a cosine. */
    private static final double PEAK_RATE = 0.03;

    /** Share of the steps that raise the rate. */
    private static final double WARM_UP = 0.1;

    /** The priors do the real shrinking. */
    private static final double WEIGHT_DECAY = 1e-4;

    private static final double LONGEST_GRADIENT = 5;

    private final List<NDArray> parameters;
    private final List<NDArray> first = new ArrayList<>();
    private final List<NDArray> second = new ArrayList<>();
    private final int steps;
    private int step;

    AdamW(NDManager manager, List<NDArray> parameters, int steps) {
        this.parameters = parameters;
        this.steps = steps;
        for (var parameter : parameters) {
            first.add(manager.zeros(parameter.getShape()));
            second.add(manager.zeros(parameter.getShape()));
        }
    }

    /**
     * Applies the gradients that the backward passes left.
     *
     * @return whether all gradients were finite; if not, nothing was changed
     */
    boolean step() {
        var gradients = new ArrayList<NDArray>();
        for (var parameter : parameters) {
            gradients.add(parameter.getGradient());
        }
        var square = gradients.getFirst().square().sum(new int[] {0, 1});
        for (var gradient : gradients.subList(1, gradients.size())) {
            square = square.add(gradient.square().sum(new int[] {0, 1}));
        }
        if (!Float.isFinite(square.sum().getFloat())) {
            return false;
        }
        var clip = square.sqrt().add(1e-12).pow(-1).mul(LONGEST_GRADIENT).minimum(1);
        step++;
        double rate = rate();
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < parameters.size(); i++) {
            var gradient = gradients.get(i);
            var clipped = gradient.mul(clip);
            var m = first.get(i);
            var v = second.get(i);
            m.muli(BETA1).addi(clipped.mul(1 - BETA1));
            v.muli(BETA2).addi(clipped.square().mul(1 - BETA2));
            var move = m.div(v.div(correction2).sqrt().add(EPSILON)).mul(rate / correction1);
            var parameter = parameters.get(i);
            parameter.muli(1 - rate * WEIGHT_DECAY);
            parameter.subi(move);
        }
        return true;
    }

    /** Forgets gradients that a broken step may have left. */
    void clear() {
        for (var parameter : parameters) {
            PyTorch.zeroGradient(parameter);
        }
    }

    private double rate() {
        double warm = Math.max(1, WARM_UP * steps);
        if (step <= warm) {
            return PEAK_RATE * step / warm;
        }
        double progress = (step - warm) / Math.max(1, steps - warm);
        return PEAK_RATE * (0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
    }
}
