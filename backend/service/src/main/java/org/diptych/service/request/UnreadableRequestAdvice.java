package org.diptych.service.request;

import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a request that cannot be read: which field, and what it must be. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableRequestAdvice {
    private static final String WRONG = "invalid_value";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> body(HttpMessageNotReadableException e) {
        return problem(e).answer();
    }

    private static Problem problem(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidNullException missing -> {
                var field = field(missing);
                yield Problem.invalid(
                        "missing_field",
                        field,
                        field + " is missing. It must be " + Expected.of(missing.getTargetType()) + ".");
            }
            case MismatchedInputException wrong -> wrong(field(wrong), wrong.getTargetType(), "");
            case InputCoercionException wrong -> wrong(field(wrong), wrong.getTargetType(), ", and not so large");
            case JacksonException malformed -> JsonCheck.malformed(malformed);
            case null -> Problem.invalid("missing_body", "body", "The body is missing. Send a JSON document.");
            default -> Problem.malformed("unreadable_body", "The body broke off. Send it again.");
        };
    }

    private static Problem unknown(UnrecognizedPropertyException e) {
        var field = field(e);
        var known = e.getKnownPropertyIds();
        return Problem.invalid(
                "unknown_field",
                field,
                field + " is not known here."
                        + (known == null || known.isEmpty()
                                ? ""
                                : " The fields are "
                                        + known.stream()
                                                .map(String::valueOf)
                                                .sorted()
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> parameter(TypeMismatchException e) {
        var field = e.getPropertyName() == null ? "parameter" : e.getPropertyName();
        return wrong(field, e.getRequiredType(), "").answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(MissingServletRequestParameterException e) {
        var field = e.getParameterName();
        return Problem.invalid("missing_field", field, "The parameter " + field + " is missing.")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mediaType(HttpMediaTypeNotSupportedException e) {
        var accepted = e.getSupportedMediaTypes().stream()
                .filter(type -> type.isConcrete())
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
        var given = e.getContentType() == null
                ? "a body without a Content-Type"
                : e.getContentType().toString();
        var answer = Problem.unsupported("This address does not take " + given + ". Send " + accepted
                        + ", and say so in the Content-Type header.")
                .answer();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(e.getHeaders())
                .body(answer.getBody());
    }

    private static Problem wrong(String field, @Nullable Class<?> type, String further) {
        var problem = Problem.invalid(WRONG, field, field + " must be " + Expected.of(type) + further + ".");
        var allowed = Expected.words(type);
        return allowed.isEmpty() ? problem : problem.with("allowed", allowed);
    }

    private static String field(JacksonException e) {
        var path = new FieldPath();
        for (var step : e.getPath()) {
            var name = step.getPropertyName();
            if (name == null) {
                path.element(step.getIndex());
            } else {
                path.name(name);
            }
        }
        return path.toString();
    }
}
