package org.diptych.ui.audit;

import com.vaadin.flow.router.QueryParameters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.diptych.service.history.AuditFilter;
import org.jspecify.annotations.Nullable;

/**
 * What is shown, as an address says it: a link to it shows the same again. What cannot be understood in it is left out.
 *
 * @param filter which entries
 * @param before only those with a smaller id; null for the newest
 */
record AuditAddress(AuditFilter filter, @Nullable Long before) {
    static AuditAddress of(QueryParameters parameters) {
        return new AuditAddress(
                new AuditFilter(
                        read(parameters, "person", text -> text),
                        read(parameters, "action", text -> text),
                        read(parameters, "campaign", UUID::fromString),
                        read(parameters, "from", LocalDate::parse),
                        read(parameters, "to", LocalDate::parse)),
                read(parameters, "before", Long::valueOf));
    }

    private static <T> @Nullable T read(QueryParameters parameters, String name, Function<String, T> meaning) {
        return parameters
                .getSingleParameter(name)
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

    AuditAddress of(@Nullable UUID campaign) {
        return new AuditAddress(
                new AuditFilter(filter.person(), filter.action(), campaign, filter.from(), filter.to()), before);
    }

    AuditAddress before(@Nullable Long id) {
        return new AuditAddress(filter, id);
    }

    QueryParameters parameters() {
        var named = new LinkedHashMap<String, @Nullable Object>();
        named.put("person", filter.person());
        named.put("action", filter.action());
        named.put("campaign", filter.campaign());
        named.put("from", filter.from());
        named.put("to", filter.to());
        named.put("before", before);
        Map<String, String> given = new LinkedHashMap<>();
        named.forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                given.put(name, value.toString().strip());
            }
        });
        return QueryParameters.simple(given);
    }

    /** The part of an address behind a path. */
    String query() {
        var query = parameters().getQueryString();
        return query.isEmpty() ? "" : "?" + query;
    }
}
