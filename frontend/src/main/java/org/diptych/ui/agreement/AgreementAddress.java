package org.diptych.ui.agreement;

import com.vaadin.flow.router.QueryParameters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.diptych.service.agreement.AgreementFilter;
import org.diptych.service.agreement.AgreementFilter.Level;
import org.diptych.service.agreement.AgreementFilter.Part;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, as its address says it: a link to it shows the same again. What cannot be understood is left out.
 *
 * @param filter which answers are compared, and how
 * @param one user name of the one of two annotators whose disputed pairs are listed, or null
 * @param other user name of the other, or null
 */
record AgreementAddress(
        AgreementFilter filter,
        @Nullable String one,
        @Nullable String other) {
    static AgreementAddress of(QueryParameters parameters) {
        var from = read(parameters, "from", LocalDate::parse);
        var to = read(parameters, "to", LocalDate::parse);
        return new AgreementAddress(
                new AgreementFilter(
                        read(parameters, "protocol", text -> text),
                        Optional.ofNullable(read(parameters, "stratum", text -> Part.valueOf(large(text))))
                                .orElse(Part.UNIFORM),
                        from,
                        from != null && to != null && to.isBefore(from) ? null : to,
                        read(parameters, "annotator", text -> text),
                        read(parameters, "category", text -> text),
                        read(parameters, "dimension", text -> text),
                        Optional.ofNullable(read(parameters, "level", text -> Level.valueOf(large(text))))
                                .orElse(Level.ORDINAL)),
                read(parameters, "one", text -> text),
                read(parameters, "other", text -> text));
    }

    private static String large(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static <T> @Nullable T read(QueryParameters parameters, String name, Function<String, T> meaning) {
        return parameters
                .getSingleParameter(name)
                .map(text -> text.replace("\0", ""))
                .filter(text -> !text.isBlank())
                .flatMap(text -> {
                    try {
                        return Optional.of(meaning.apply(text));
                    } catch (IllegalArgumentException | DateTimeParseException unreadable) {
                        return Optional.empty();
                    }
                })
                .orElse(null);
    }

    AgreementAddress with(AgreementFilter other) {
        return new AgreementAddress(other, null, null);
    }

    AgreementAddress between(@Nullable String first, @Nullable String second) {
        return new AgreementAddress(filter, first, second);
    }

    QueryParameters parameters() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "protocol", filter.protocol());
        if (filter.stratum() != Part.UNIFORM) {
            given.put("stratum", filter.stratum().word());
        }
        put(given, "from", filter.from());
        put(given, "to", filter.to());
        put(given, "annotator", filter.annotator());
        put(given, "category", filter.category());
        put(given, "dimension", filter.dimension());
        if (filter.level() != Level.ORDINAL) {
            given.put("level", filter.level().word());
        }
        put(given, "one", one);
        put(given, "other", other);
        return QueryParameters.simple(given);
    }

    private static void put(Map<String, String> given, String name, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            given.put(name, value.toString());
        }
    }

    /** The part of an address behind a path. */
    String query() {
        var query = parameters().getQueryString();
        return query.isEmpty() ? "" : "?" + query;
    }
}
