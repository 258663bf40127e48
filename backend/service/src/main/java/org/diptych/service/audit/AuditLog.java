package org.diptych.service.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes who did what, from where, and what it changed. Never hand it a password, a token or a hash of one. */
@Component
public class AuditLog {
    private static final TypeReference<Map<String, @Nullable Object>> FIELDS = new TypeReference<>() {};

    /** From where somebody has asked for work that goes on in the background. */
    private static final ScopedValue<Optional<String>> ASKED_FROM = ScopedValue.newInstance();

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /** A log in the database of the given connections. */
    public AuditLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Writes an entry in the transaction of the action: both are kept, or neither.
     *
     * @param who the account that acts; null for the server itself
     * @param campaign the campaign that it concerns; null for none
     * @param subject what is acted upon, in words that people know; null where the campaign is
     * @param before what was, as a map or a record; fields that stay as they are are left out
     * @param after what is now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(
            AuditAction action,
            @Nullable UUID who,
            @Nullable UUID campaign,
            @Nullable String subject,
            @Nullable Object before,
            @Nullable Object after) {
        insert(action, who, campaign, subject, before, after);
    }

    /** Writes an entry for what has no transaction of its own, or fails: a sign-in. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void writeAlone(AuditAction action, @Nullable UUID who, @Nullable String subject) {
        insert(action, who, null, subject, null, null);
    }

    private void insert(
            AuditAction action,
            @Nullable UUID who,
            @Nullable UUID campaign,
            @Nullable String subject,
            @Nullable Object before,
            @Nullable Object after) {
        jdbc.sql("""
                        INSERT INTO audit_event (action, account_id, campaign_id, subject, address, detail)
                        VALUES (:action, :who, :campaign, :subject, :address, :detail::jsonb)""")
                .param("action", action.code())
                .param("who", who)
                .param("campaign", campaign)
                .param("subject", subject)
                .param("address", address())
                .param("detail", json.writeValueAsString(changes(before, after)))
                .update();
    }

    private Map<String, Object> changes(@Nullable Object before, @Nullable Object after) {
        var was = fields(before);
        var is = fields(after);
        if (before != null && after != null) {
            var same = new LinkedHashMap<>(was);
            same.keySet().removeIf(name -> !is.containsKey(name) || !Objects.equals(was.get(name), is.get(name)));
            was.keySet().removeAll(same.keySet());
            is.keySet().removeAll(same.keySet());
        }
        var changes = new LinkedHashMap<String, Object>();
        if (before != null) {
            changes.put("before", was);
        }
        if (after != null) {
            changes.put("after", is);
        }
        return changes;
    }

    private Map<String, @Nullable Object> fields(@Nullable Object value) {
        return value == null ? new LinkedHashMap<>() : new LinkedHashMap<>(json.convertValue(value, FIELDS));
    }

    /** Work for another thread, whose entries say that they come from where this request does. */
    public static Runnable asFromHere(Runnable work) {
        var from = Optional.ofNullable(address());
        return () -> ScopedValue.where(ASKED_FROM, from).run(work);
    }

    private static @Nullable String address() {
        if (ASKED_FROM.isBound()) {
            return ASKED_FROM.get().orElse(null);
        }
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }
}
