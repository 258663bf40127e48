package org.diptych.service.problem;

import org.diptych.protocol.InvalidAnswerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
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
        var problem = Failure.problem(e);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            log.warn("a request has to wait for the database or for room on the disk: {}", e.toString());
        } else if (problem.status().is5xxServerError()) {
            log.error("a request failed", e);
        }
        return problem.answer();
    }

    /** What Spring refuses gets a code as well, and words that say what to do where Spring has none. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var answer = super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null
                && answer.getBody() instanceof ProblemDetail detail
                && (detail.getProperties() == null || !detail.getProperties().containsKey("code"))) {
            var standard = StandardProblem.of(status);
            detail.setProperty("code", standard.code());
            if (!status.equals(HttpStatus.BAD_REQUEST)) {
                detail.setDetail(standard.detail());
            }
        }
        return answer;
    }
}
