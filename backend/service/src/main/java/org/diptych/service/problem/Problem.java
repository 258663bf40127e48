package org.diptych.service.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A request that cannot be served, for a reason its sender can understand and act on. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** After this long a server without its database is worth another try. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final HttpStatus status;
    private final String code;
    private final transient Map<String, Object> properties = new LinkedHashMap<>();
    private @Nullable Duration after;

    private Problem(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** 400: what was sent is not even a document. */
    public static Problem malformed(String code, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, code, detail);
    }

    /** 415: what was sent is of a kind that is not taken. */
    public static Problem unsupported(String detail) {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail);
    }

    /** 404: there is no such thing, or the caller may not know of it. */
    public static Problem notFound(String code, String detail) {
        return new Problem(HttpStatus.NOT_FOUND, code, detail);
    }

    /** 409: the state of the thing does not allow it (any more). */
    public static Problem conflict(String code, String detail) {
        return new Problem(HttpStatus.CONFLICT, code, detail);
    }

    /** 422: the named field is wrong. */
    public static Problem invalid(String code, String field, String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, code, detail).with("field", field);
    }

    /** 403: signed in, but not allowed. */
    public static Problem forbidden(String code, String detail) {
        return new Problem(HttpStatus.FORBIDDEN, code, detail);
    }

    /** A refusal by status, for those that have no method of their own here. */
    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail);
    }

    /** 401: nobody is signed in, or not any more. */
    public static Problem signedOut() {
        return new Problem(
                HttpStatus.UNAUTHORIZED,
                "signed_out",
                "You are not signed in, or not any more. Sign in again, or send a token as Authorization: Bearer.");
    }

    /** 503: the database cannot be reached; the same request may succeed soon. */
    public static Problem unavailable() {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "The server cannot reach its database at the moment. Nothing was changed. Try again in some seconds.")
                .after(SOON);
    }

    /** 503: a disk of the server is full; the same request succeeds when there is room again. */
    public static Problem noRoom() {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "no_room",
                        "The server's disk is full. This request was not carried out. Its administrator makes room; then it"
                                + " can be sent again as it is.")
                .after(SOON);
    }

    /** 429: the caller, or everybody together, asks for more than is served at once. */
    public static Problem tooMany(String code, String detail) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, code, detail);
    }

    /** What is said of any failure: its own words where it is a problem, else whether it is worth another try. */
    public static Problem behind(Throwable failure) {
        return Failure.problem(failure);
    }

    /** Adds a property to the problem document. */
    public Problem with(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Says when the same request may be sent again. */
    public Problem after(Duration pause) {
        after = pause;
        return this;
    }

    /** When the same request may be sent again, where somebody knows. */
    public Optional<Duration> after() {
        return Optional.ofNullable(after);
    }

    /** The same problem, with its field inside of another one. */
    public Problem within(String parent) {
        properties.computeIfPresent("field", (name, field) -> parent + "." + field);
        return this;
    }

    /** The answer: a problem document (RFC 9457). */
    public ResponseEntity<ProblemDetail> answer() {
        return ResponseEntity.of(document()).headers(this::describe).build();
    }

    private void describe(HttpHeaders headers) {
        after().ifPresent(pause -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(pause.toSeconds())));
    }

    /** What the answer says. */
    ProblemDetail document() {
        var document = ProblemDetail.forStatusAndDetail(status, detail());
        document.setProperty("code", code);
        properties.forEach(document::setProperty);
        return document;
    }

    /** The status of the answer. */
    public HttpStatus status() {
        return status;
    }

    /** A stable word that programs may rely on. */
    public String code() {
        return code;
    }

    /** Further properties of the problem document. */
    public Map<String, Object> properties() {
        return properties;
    }

    /** What went wrong and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
