package org.diptych.service.adjudication;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pairs as their adjudicators see them. */
@Repository
class DisputedPairs {
    private final JdbcClient jdbc;
    private final ProtocolService protocols;

    DisputedPairs(JdbcClient jdbc, ProtocolService protocols) {
        this.jdbc = jdbc;
        this.protocols = protocols;
    }

    /**
     * Whether the second edit is at the left for this person. Drawn by the side on which its first annotator saw it, which no
     * adjudicator is told, and different from person to person.
     */
    boolean swapped(UUID pair, UUID who) {
        boolean drawn = jdbc.sql("SELECT swapped FROM label WHERE pair_id = ? ORDER BY sequence LIMIT 1")
                .param(pair)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        var bits = pair.getLeastSignificantBits() ^ who.getLeastSignificantBits();
        return drawn ^ (Long.bitCount(bits) % 2 == 1);
    }

    Optional<DisputedPair> read(UUID campaign, UUID pair, UUID who) {
        boolean swapped = swapped(pair, who);
        return jdbc.sql("""
                        SELECT c.protocol_sha256, i.instruction, i.category,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made,
                               EXISTS (SELECT 1 FROM slot WHERE slot.pair_id = p.id AND slot.state IN ('OPEN', 'LEASED')) AS asked,
                               EXISTS (SELECT 1 FROM label l WHERE l.pair_id = p.id AND l.annotator_id = :who
                                       AND l.kind = 'ANSWER') AS own
                        FROM pair p JOIN campaign c ON c.id = p.campaign_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE p.id = :pair AND p.campaign_id = :campaign""")
                .param("campaign", campaign)
                .param("pair", pair)
                .param("who", who)
                .query((row, number) -> {
                    var protocol =
                            protocols.bySha256(row.getString("protocol_sha256")).protocol();
                    var given = answers(pair, protocol);
                    return new DisputedPair(
                            pair,
                            row.getString("instruction"),
                            row.getString("category"),
                            protocol.sha256(),
                            protocol.reference(),
                            picture(row, "s"),
                            picture(row, swapped ? "g" : "f"),
                            picture(row, swapped ? "f" : "g"),
                            numbered(given, swapped),
                            row.getBoolean("asked"),
                            row.getBoolean("own"),
                            verdict(pair, swapped).orElse(null),
                            onScreen(majority(given), swapped));
                })
                .optional();
    }

    private static List<DisputedPair.Said> numbered(List<Given> given, boolean swapped) {
        var person = new AtomicInteger();
        return given.stream()
                .map(each -> new DisputedPair.Said(
                        person.incrementAndGet(), AnswerJson.toScreen(each.answers(), swapped), each.comment()))
                .toList();
    }

    /** The answers that count, in an order that tells nothing of who gave them. */
    List<Given> answers(UUID pair, Protocol protocol) {
        return jdbc.sql("""
                        SELECT l.answers, l.verdicts, l.comment FROM current_label l
                        WHERE l.pair_id = ? AND l.protocol_sha256 = ? AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                        ORDER BY md5(l.id::text)""")
                .params(pair, protocol.sha256())
                .query((row, number) -> new Given(
                        row.getString("answers"),
                        AnswerJson.verdictsFromStored(row.getString("verdicts")),
                        row.getString("comment")))
                .list();
    }

    /** For each dimension the verdict of more than half of the answers. */
    static Map<String, Verdict> majority(List<Given> given) {
        var dimensions = given.stream()
                .flatMap(each -> each.verdicts().keySet().stream())
                .filter(dimension -> !dimension.equals(Protocol.OVERALL))
                .distinct()
                .toList();
        var majority = new LinkedHashMap<String, Verdict>();
        for (var dimension : dimensions) {
            given.stream()
                    .flatMap(each -> Optional.ofNullable(each.verdicts().get(dimension)).stream())
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                    .forEach((verdict, votes) -> {
                        if (2 * votes > given.size()) {
                            majority.put(dimension, verdict);
                        }
                    });
        }
        return majority;
    }

    private static Map<String, String> onScreen(Map<String, Verdict> verdicts, boolean swapped) {
        return verdicts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> word(entry.getValue(), swapped)));
    }

    /** A verdict in the sides shown. */
    static String word(Verdict verdict, boolean swapped) {
        var shown = swapped ? verdict.exchanged() : verdict;
        return switch (shown) {
            case FIRST -> "left";
            case SECOND -> "right";
            case TIE, BOTH_BAD -> shown.word();
        };
    }

    private Optional<DisputedPair.Verdict> verdict(UUID pair, boolean swapped) {
        return jdbc.sql("""
                        SELECT a.*, r.id || '-v' || r.version AS protocol,
                               EXISTS (SELECT 1 FROM adjudicated h WHERE h.id = a.id) AS holds,
                               ARRAY (SELECT o.words FROM objection o WHERE o.adjudication_id = a.id ORDER BY o.id) AS objections
                        FROM adjudication a JOIN protocol r ON r.sha256 = a.protocol_sha256
                        WHERE a.pair_id = ? ORDER BY a.sequence DESC LIMIT 1""")
                .param(pair)
                .query((row, number) -> new DisputedPair.Verdict(
                        row.getObject("id", UUID.class),
                        AnswerJson.toScreen(row.getString("answers"), swapped),
                        row.getString("reason"),
                        row.getTimestamp("decided_at").toInstant(),
                        row.getString("protocol"),
                        row.getBoolean("holds"),
                        row.getObject("known_answer_id") != null,
                        texts(row.getArray("objections"))))
                .optional();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    static Picture picture(ResultSet row, String prefix) throws SQLException {
        return Picture.of(
                row.getString(prefix + "_sha"),
                row.getInt(prefix + "_w"),
                row.getInt(prefix + "_h"),
                row.getInt(prefix + "_made"));
    }

    /** An answer in stored order. */
    record Given(
            String answers,
            Map<String, Verdict> verdicts,
            @Nullable String comment) {}
}
