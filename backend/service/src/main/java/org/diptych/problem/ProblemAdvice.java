package org.diptych.problem;

import org.diptych.protocol.InvalidAnswerException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Renders every refusal as {@code application/problem+json} (RFC 9457) with a stable {@code code}. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Problem problem) {
        var detail = ProblemDetail.forStatusAndDetail(problem.status(), problem.detail());
        detail.setProperty("code", problem.code());
        problem.properties().forEach(detail::setProperty);
        return ResponseEntity.of(detail).build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalidAnswer(InvalidAnswerException e) {
        var detail = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
        detail.setProperty("code", "invalid_answer");
        detail.setProperty("field", e.field());
        return ResponseEntity.of(detail).build();
    }
}
