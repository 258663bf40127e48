package org.diptych.service.account;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The preferences of accounts: a column that only its own statements write. */
@Component
class PreferenceStore {
    private static final TypeReference<Map<String, @Nullable Object>> CHOICES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PreferenceStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Map<String, Object> of(UUID account) {
        return read(account, "SELECT preferences FROM account WHERE id = ?");
    }

    /** Changes some and keeps the others, also those that another page changes at this moment. */
    Map<String, Object> merge(UUID account, Map<String, ? extends @Nullable Object> changes) {
        var present = read(account, "SELECT preferences FROM account WHERE id = ? FOR NO KEY UPDATE");
        var merged = PreferenceRules.merged(present, changes);
        jdbc.sql("UPDATE account SET preferences = ?::jsonb WHERE id = ?")
                .params(json.writeValueAsString(merged), account)
                .update();
        return merged;
    }

    private Map<String, Object> read(UUID account, String sql) {
        var stored = jdbc.sql(sql)
                .param(account)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_account", "This account does not exist any more."));
        var choices = json.readTree(stored);
        return choices.isObject() ? PreferenceRules.wellOf(json.convertValue(choices, CHOICES)) : Map.of();
    }
}
