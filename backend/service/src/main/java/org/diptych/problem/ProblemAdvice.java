package org.diptych.problem;

import org.diptych.protocol.InvalidAnswerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Renders every refusal as {@code application/problem+json} (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Problem problem) {
        return problem.answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalidAnswer(InvalidAnswerException e) {
        var detail = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
        detail.setProperty("code", "invalid_answer");
        detail.setProperty("field", e.field());
        return ResponseEntity.of(detail).build();
    }

    /** Two changed the same thing at the same moment, and this one came second: nothing of it was written. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> changedMeanwhile(ConcurrencyFailureException e) {
        return Problem.conflict(
                        "changed_meanwhile",
                        "Somebody else changed this at the same moment. Nothing was written. Look at it again, then"
                                + " repeat your change.")
                .answer();
    }

    /** What nobody expected: the log has the whole story, the answer has none of it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
            throw e;
        }
        log.error("a request failed", e);
        var detail = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong on the server. Its log says what. Try again later.");
        detail.setProperty("code", "internal_error");
        return ResponseEntity.of(detail).build();
    }
}
