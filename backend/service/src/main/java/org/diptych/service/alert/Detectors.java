package org.diptych.service.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.health.CampaignHealth;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds what waits for the leads of a campaign. Labels are not read: that is done where a campaign's health is. */
@Component
class Detectors {
    /** More open messages than this are not counted, and more appeals not named. */
    private static final int MOST_MESSAGES = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    Detectors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Finding> of(UUID campaign, boolean open, CampaignHealth health, AlertBounds bounds) {
        var findings = new ArrayList<Finding>();
        agreement(health.agreement(), bounds.agreement()).ifPresent(findings::add);
        if (open) {
            queue(health, bounds.queueHours()).ifPresent(findings::add);
        }
        training(campaign).ifPresent(findings::add);
        messages(campaign, bounds.messageHours()).ifPresent(findings::add);
        findings.addAll(owed(campaign));
        findings.addAll(gold(health.gold(), bounds.gold()));
        return findings;
    }

    private static Optional<Finding> agreement(CampaignHealth.@Nullable Agreement agreement, @Nullable Double bound) {
        if (bound == null || agreement == null) {
            return Optional.empty();
        }
        var alpha = agreement.alpha();
        var low = agreement.low();
        var high = agreement.high();
        if (alpha == null || low == null || high == null || high >= bound) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                AlertKind.AGREEMENT_LOW,
                "",
                figures(
                        "dimension", agreement.dimension(),
                        "alpha", alpha,
                        "low", low,
                        "high", high,
                        "pairs", agreement.pairs(),
                        "bound", bound)));
    }

    private static Optional<Finding> queue(CampaignHealth health, @Nullable Integer bound) {
        if (bound == null || health.perDay() <= 0) {
            return Optional.empty();
        }
        double hours = health.open() * Duration.ofDays(1).toHours() / health.perDay();
        if (hours >= bound) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                AlertKind.QUEUE_DRY,
                "",
                figures(
                        "open", health.open(),
                        "perDay", Math.round(health.perDay()),
                        "hours", Math.round(hours),
                        "bound", bound)));
    }

    /** The latest run is the one that counts: a failure ends when training is asked for again. */
    private Optional<Finding> training(UUID campaign) {
        return jdbc.sql("""
                        SELECT id, state, coalesce(message, '') AS message FROM training_run
                        WHERE campaign_id = ? ORDER BY created_at DESC LIMIT 1""")
                .param(campaign)
                .query((row, number) -> row.getString("state").equals("FAILED")
                        ? Optional.of(new Finding(
                                AlertKind.TRAINING_FAILED,
                                row.getString("id"),
                                Map.of("message", row.getString("message"))))
                        : Optional.<Finding>empty())
                .optional()
                .flatMap(found -> found);
    }

    private Optional<Finding> messages(UUID campaign, @Nullable Integer bound) {
        if (bound == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT count(*) AS messages, min(submitted_at) AS oldest FROM (
                            SELECT l.submitted_at FROM message l
                            WHERE l.campaign_id = :campaign AND l.submitted_at < :before
                              AND NOT EXISTS (SELECT 1 FROM message_reply r WHERE r.label_id = l.id)
                              AND NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = l.pair_id)
                            ORDER BY l.sequence LIMIT :most) waiting""")
                .param("campaign", campaign)
                .param("before", clock.instant().minus(Duration.ofHours(bound)).atOffset(ZoneOffset.UTC))
                .param("most", MOST_MESSAGES)
                .query((row, number) -> {
                    var oldest = row.getTimestamp("oldest");
                    return oldest == null
                            ? Optional.<Finding>empty()
                            : Optional.of(new Finding(
                                    AlertKind.MESSAGES_WAITING,
                                    "",
                                    figures(
                                            "messages",
                                            row.getInt("messages"),
                                            "most",
                                            MOST_MESSAGES,
                                            "oldest",
                                            oldest.toInstant().toString(),
                                            "bound",
                                            bound)));
                })
                .single();
    }

    /** What annotators are owed an answer to, also where nobody works any more. */
    List<Finding> owed(UUID campaign) {
        var findings = new ArrayList<>(appeals(campaign));
        objections(campaign).ifPresent(findings::add);
        return findings;
    }

    /** An objection has no bound: each is made once and must be answered. */
    private Optional<Finding> objections(UUID campaign) {
        return jdbc.sql("""
                        SELECT count(*) AS objections, min(made_at) AS oldest FROM (
                            SELECT o.made_at FROM objection o WHERE o.campaign_id = ?
                              AND NOT EXISTS (SELECT 1 FROM objection_answer a WHERE a.objection_id = o.id)
                            ORDER BY o.id LIMIT ?) waiting""")
                .params(campaign, MOST_MESSAGES)
                .query((row, number) -> {
                    var oldest = row.getTimestamp("oldest");
                    return oldest == null
                            ? Optional.<Finding>empty()
                            : Optional.of(new Finding(
                                    AlertKind.OBJECTIONS_WAITING,
                                    "",
                                    figures(
                                            "objections",
                                            row.getInt("objections"),
                                            "most",
                                            MOST_MESSAGES,
                                            "oldest",
                                            oldest.toInstant().toString())));
                })
                .single();
    }

    /** An appeal has no bound: somebody cannot work until it is answered. */
    private List<Finding> appeals(UUID campaign) {
        return jdbc.sql("""
                        SELECT p.notice_id, p.account_id, p.made_at, a.display_name FROM appeal p
                        JOIN account a ON a.id = p.account_id
                        WHERE p.campaign_id = ? AND p.answered_at IS NULL ORDER BY p.made_at LIMIT ?""")
                .params(campaign, MOST_MESSAGES)
                .query((row, number) -> new Finding(
                        AlertKind.APPEAL_WAITING,
                        row.getString("notice_id"),
                        figures(
                                "name", row.getString("display_name"),
                                "annotator", row.getString("account_id"),
                                "since", row.getTimestamp("made_at").toInstant().toString())))
                .list();
    }

    /** Closed campaigns where somebody is owed an answer, or an alert says so. */
    List<UUID> closedButOwing() {
        return jdbc.sql("""
                        SELECT c.id FROM campaign c WHERE c.state = 'CLOSED' AND c.archived_at IS NULL AND (
                            EXISTS (SELECT 1 FROM appeal p WHERE p.campaign_id = c.id AND p.answered_at IS NULL)
                            OR EXISTS (SELECT 1 FROM objection o WHERE o.campaign_id = c.id
                                AND NOT EXISTS (SELECT 1 FROM objection_answer a WHERE a.objection_id = o.id))
                            OR EXISTS (SELECT 1 FROM alert a WHERE a.campaign_id = c.id AND a.state <> 'SOLVED'
                                AND a.kind IN ('APPEAL_WAITING', 'OBJECTIONS_WAITING')))
                        ORDER BY c.id""").query(UUID.class).list();
    }

    private static List<Finding> gold(List<CampaignHealth.Gold> annotators, @Nullable Double bound) {
        if (bound == null) {
            return List.of();
        }
        return annotators.stream()
                .filter(annotator -> annotator.high() < bound)
                .map(annotator -> new Finding(
                        AlertKind.GOLD_LOW,
                        annotator.account().toString(),
                        figures(
                                "name", annotator.name(),
                                "answers", annotator.answers(),
                                "accuracy", annotator.mean(),
                                "low", annotator.low(),
                                "high", annotator.high(),
                                "bound", bound)))
                .toList();
    }

    /** Names and values by turns; in this order they are stored and sent. */
    static Map<String, Object> figures(Object... namesAndValues) {
        var figures = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            figures.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return figures;
    }
}
