package org.diptych.service.problem;

/** What is answered to a failure that no step of the product expected. */
final class Failure {
    private Failure() {}

    /** The refusal that a failure amounts to. */
    static Problem problem(Throwable failure) {
        return Outage.causes(failure)
                .filter(Problem.class::isInstance)
                .map(Problem.class::cast)
                .findFirst()
                .orElseGet(() -> unexpected(failure));
    }

    private static Problem unexpected(Throwable failure) {
        if (NoRoom.isBehind(failure)) {
            return Problem.noRoom();
        }
        return Outage.isBehind(failure) ? Problem.unavailable() : StandardProblem.INTERNAL_ERROR.problem();
    }
}
