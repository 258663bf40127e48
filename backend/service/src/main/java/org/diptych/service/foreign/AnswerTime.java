package org.diptych.service.foreign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.diptych.service.campaign.JsonLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times as files have them: ISO 8601 in most of its forms, or a number since 1970. Without a zone they are in UTC. */
final class AnswerTime {
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    /** More seconds than there are until {@link #LATEST}, and fewer milliseconds than there were in the spring of 1973. */
    private static final double SECONDS_END = 1e11;

    private static final double MILLISECONDS_END = 1e14;
    private static final double MICROSECONDS_END = 1e17;

    private AnswerTime() {}

    /** The time; null where the value is none after 1970 and before 2200. */
    static @Nullable Instant of(JsonNode node) {
        try {
            var time = node.isNumber() && JsonLine.isStorable(node)
                    ? number(node.decimalValue().doubleValue())
                    : node.isString() ? text(node.stringValue().strip()) : null;
            return time != null && time.isAfter(Instant.EPOCH) && time.isBefore(LATEST) ? time : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant number(double value) {
        double microseconds = value < SECONDS_END ? value * 1e6 : value < MILLISECONDS_END ? value * 1e3 : value;
        return value > 0 && value < MICROSECONDS_END
                ? Instant.EPOCH.plus(Math.round(microseconds), ChronoUnit.MICROS)
                : null;
    }

    private static Instant text(String text) {
        var iso = text.replaceFirst(" ?(UTC|GMT)$", "Z")
                .replaceFirst("(?<=\\d) (?=\\d)", "T")
                .replaceFirst(" ?([+-]\\d\\d):?(\\d\\d)$", "$1:$2");
        if (iso.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
