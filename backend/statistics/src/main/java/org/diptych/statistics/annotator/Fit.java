package org.diptych.statistics.annotator;

import java.util.function.Function;

/**
 * A fitted model. The result is reached by a switch over both cases or by {@link #orElseThrow}: a fit that has not
 * converged cannot pass for one that has.
 *
 * @param <R> what was fitted
 */
public sealed interface Fit<R> {

    /** How the iteration ended. */
    Convergence convergence();

    /** The change fell below the tolerance. */
    record Converged<R>(R result, Convergence convergence) implements Fit<R> {}

    /**
     * It did not.
     *
     * @param lastState where the iteration stood; for a reader, not for decisions
     * @param reason in a form that can be shown to a reader
     */
    record NotConverged<R>(R lastState, Convergence convergence, String reason) implements Fit<R> {}

    /** Converged when the last change is below the tolerance. */
    static <R> Fit<R> of(R result, Convergence convergence) {
        if (convergence.lastChange() <= convergence.tolerance()) {
            return new Converged<>(result, convergence);
        }
        return new NotConverged<>(
                result,
                convergence,
                "after %d iterations parameters still change by %.2g (tolerance %.2g)"
                        .formatted(convergence.iterations(), convergence.lastChange(), convergence.tolerance()));
    }

    /** @throws NotConvergedException when the fit has not converged */
    default R orElseThrow() {
        return switch (this) {
            case Converged<R>(R result, Convergence _) -> result;
            case NotConverged<R>(R _, Convergence _, String reason) -> throw new NotConvergedException(reason);
        };
    }

    default <S> Fit<S> map(Function<? super R, ? extends S> view) {
        return switch (this) {
            case Converged<R>(R result, Convergence convergence) -> new Converged<>(view.apply(result), convergence);
            case NotConverged<R>(R lastState, Convergence convergence, String reason) ->
                new NotConverged<>(view.apply(lastState), convergence, reason);
        };
    }
}
