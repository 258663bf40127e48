package org.diptych.service.problem;

import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** What is said where only a status is known: by the container, by a library, or by nobody in particular. */
enum StandardProblem {
    BAD_REQUEST(
            HttpStatus.BAD_REQUEST,
            "bad_request",
            "The request cannot be read. Look at its address (escapes such as %20, no //, no ;), headers and body."),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "forbidden",
            "This account may not do that. Ask an administrator or a lead of the campaign."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "not_found",
            "There is nothing at this address. The addresses of the interface are listed at /v3/api-docs."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This address does not know that method. The header Allow of this answer names those that it knows."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "not_acceptable",
            "What the header Accept asks for cannot be given here. Leave it out, or ask for application/json."),
    CONFLICT(HttpStatus.CONFLICT, "conflict", "Somebody else changed this at the same time. Read it again and retry."),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "too_large", "The request is too large. Send less at once."),
    UNKNOWN_HOST(
            HttpStatus.MISDIRECTED_REQUEST,
            "unknown_host",
            "This server is reached under another name. Its operator says which with --public-url."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "The header Content-Type names what this address does not take. It is application/json nearly everywhere."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "Something went wrong on the server. Its log says what. Try again later.");

    private final HttpStatus status;
    private final String code;
    private final String detail;

    StandardProblem(HttpStatus status, String code, String detail) {
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    Problem problem() {
        return Problem.of(status, code, detail);
    }

    /** The words for a status that came from elsewhere. */
    static Problem of(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> Problem.signedOut();
            case 503 -> Problem.unavailable();
            default ->
                Arrays.stream(values())
                        .filter(each -> each.status.value() == status.value())
                        .findFirst()
                        .map(StandardProblem::problem)
                        .orElseGet(() -> like(status));
        };
    }

    /** Rarer statuses keep their number and borrow the words of their kind. */
    private static Problem like(HttpStatusCode status) {
        var kind = status.is4xxClientError() ? BAD_REQUEST : INTERNAL_ERROR;
        var known = HttpStatus.resolve(status.value());
        return known == null ? kind.problem() : Problem.of(known, kind.code, kind.detail);
    }
}
