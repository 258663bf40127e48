package org.diptych.service.request;

import java.util.Set;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The condition under which a client wants something changed. */
public final class IfMatch {
    private IfMatch() {}

    /**
     * The tags of {@code If-Match}, none where any will do; servers in between that pack an answer make its tag a weak one.
     *
     * @throws Problem {@code invalid_value}
     */
    public static Set<String> of(HttpHeaders headers) {
        try {
            return headers.getIfMatch().stream()
                    .filter(tag -> !tag.equals("*"))
                    .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "invalid_value",
                    HttpHeaders.IF_MATCH,
                    "If-Match must be * or a tag in quotation marks, as ETag has it in the answer to GET.");
        }
    }

    /**
     * Makes sure that settings still are what somebody has read.
     *
     * @param read tags of which one must hold; empty for any
     * @param tag the settings' own
     * @throws Problem {@code changed_meanwhile}
     */
    public static void require(Set<String> read, String tag) {
        if (!read.isEmpty() && !read.contains(tag)) {
            throw Problem.of(
                    HttpStatus.PRECONDITION_FAILED,
                    "changed_meanwhile",
                    "Somebody else has changed these settings since you read them. Nothing was written. Read them again,"
                            + " then repeat your change.");
        }
    }
}
