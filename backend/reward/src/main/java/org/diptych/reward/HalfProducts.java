package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.diptych.reward.RewardLoss.Latent;

/**
 * The products with the features in half precision, forwards and backwards, on float32 parameters (mixed precision: Micikevicius et al.,
 * ICLR 2018, arXiv 1710.03740). The engine's casts do not carry gradients, and its Java interface has neither autocast nor brain floats.
 * So the loss sees the products as if they were parameters, and their gradients are carried on to the parameters here: for p = x w the
 * gradient of w is x' dp. Half precision reaches from 6e-8 to 65504: gradients are scaled so that the sum over candidates cannot leave it.
 */
final class HalfProducts {

    /** Half of half precision's largest number. */
    private static final float REACH = 32_752;

    private final RewardLoss loss;
    private final HeadParameters head;
    private final NDArray x;
    private final Latent latent;

    HalfProducts(RewardLoss loss, HeadParameters head, NDArray features) {
        this.loss = loss;
        this.head = head;
        x = half(features);
        latent = new Latent(leaf(loss.weights(head)), leaf(loss.spreadWeights(head)));
    }

    /** The products, with gradients of their own. */
    Latent latent() {
        return latent;
    }

    /** After the loss went backwards: adds the parameters' gradients to those that they have got directly. */
    void backward() {
        head.mean().getGradient().addi(gradient(latent.mu()).mul(loss.priorScale()));
        head.spread().getGradient().addi(gradient(latent.spread()).mul(loss.spreadScale()));
    }

    private NDArray leaf(NDArray weights) {
        var product = x.matMul(half(weights)).toType(DataType.FLOAT32, false);
        product.setRequiresGradient(true);
        return product;
    }

    /** Of the effective weights, [K, D, M]. */
    private NDArray gradient(NDArray product) {
        var gradient = product.getGradient();
        float largest = gradient.abs().max().getFloat();
        if (largest == 0 || !Float.isFinite(largest)) {
            // nothing to carry on, or nothing to be saved: the optimizer refuses gradients that are not finite
            return gradient.sum(new int[] {1}, true).mul(0);
        }
        double scale = REACH / (Standardization.LIMIT * product.getShape().get(1) * (double) largest);
        return x.transpose()
                .matMul(half(gradient.mul(scale)))
                .toType(DataType.FLOAT32, false)
                .mul(1 / scale);
    }

    private static NDArray half(NDArray array) {
        return array.toType(DataType.FLOAT16, false);
    }
}
