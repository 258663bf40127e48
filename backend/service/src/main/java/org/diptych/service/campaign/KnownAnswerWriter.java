package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a manifest says is known, apart from the items: nothing of it is in an item's metadata. */
@Component
class KnownAnswerWriter {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    KnownAnswerWriter(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Writes the known answers of new items, whose pairs are there. */
    void insert(UUID campaign, List<PreparedRow> rows, Map<String, UUID> items) {
        var item = new ArrayList<String>();
        var first = new ArrayList<Integer>();
        var second = new ArrayList<Integer>();
        var use = new ArrayList<String>();
        var answers = new ArrayList<String>();
        var reason = new ArrayList<String>();
        for (var row : rows) {
            var known = row.row().known();
            if (known == null) {
                continue;
            }
            for (var pair : known.pairs()) {
                item.add(String.valueOf(items.get(row.row().id())));
                first.add(pair.first());
                second.add(pair.second());
                use.add(known.use().name());
                answers.add(json.writeValueAsString(pair.answers()));
                reason.add(json.writeValueAsString(pair.reason()));
            }
        }
        if (item.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, reason, origin)
                        SELECT ?, p.id, t.use, t.answers::jsonb, t.reason::jsonb, 'MANIFEST'
                        FROM unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[])
                             AS t (item, first, second, use, answers, reason)
                        JOIN candidate f ON f.item_id = t.item::uuid AND f.ordinal = t.first
                        JOIN candidate s ON s.item_id = t.item::uuid AND s.ordinal = t.second
                        JOIN pair p ON p.first_candidate_id = f.id AND p.second_candidate_id = s.id""")
                .params(
                        campaign,
                        item.toArray(String[]::new),
                        first.toArray(Integer[]::new),
                        second.toArray(Integer[]::new),
                        use.toArray(String[]::new),
                        answers.toArray(String[]::new),
                        reason.toArray(String[]::new))
                .update();
    }
}
