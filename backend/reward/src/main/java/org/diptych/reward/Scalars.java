package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers as arrays that live as long as their owner.
 *
 * <p>Why: {@code array.mul(number)} makes a temporary array over a Java buffer and drops it at once, but the recorded product still points
 * at that memory. A garbage collection between the forward and the backward pass then turns gradients into garbage. Every product,
 * quotient or limit inside a recorded computation must use these instead.
 */
final class Scalars {

    private final NDManager manager;
    private final Map<Double, NDArray> known = new HashMap<>();

    Scalars(NDManager manager) {
        this.manager = manager;
    }

    NDArray of(double value) {
        return known.computeIfAbsent(value, v -> {
            var array = manager.create(v.floatValue());
            NDScope.unregister(array);
            return array;
        });
    }
}
