package org.diptych.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that cannot be served, for a reason its sender can understand and act on. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient Map<String, Object> properties = new LinkedHashMap<>();

    private Problem(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
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

    /** 429: the caller, or everybody together, asks for more than is served at once. */
    public static Problem tooMany(String code, String detail) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, code, detail);
    }

    /** Adds a property to the problem document. */
    public Problem with(String name, Object value) {
        properties.put(name, value);
        return this;
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
