package org.diptych.service.campaign;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolChange;
import org.diptych.service.protocol.ProtocolComparison;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves a campaign to another version of its protocol. Answers must fit both versions, so that a campaign's labels stay
 * one table; what is held when the campaign moves is answered under the version it was leased under.
 */
@Service
@Transactional
public class CampaignProtocols {
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final Campaigns campaigns;
    private final JdbcClient jdbc;
    private final AuditLog audit;

    CampaignProtocols(
            CampaignAccess access, ProtocolService protocols, Campaigns campaigns, JdbcClient jdbc, AuditLog audit) {
        this.access = access;
        this.protocols = protocols;
        this.campaigns = campaigns;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** All published versions of the campaign's protocol, oldest first. */
    @Transactional(readOnly = true)
    public List<ProtocolVersion> versions(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        var current = current(campaign);
        return jdbc
                .sql("""
                        SELECT sha256, (SELECT count(DISTINCT account_id) FROM guideline_confirmation g
                                        WHERE g.campaign_id = ? AND g.protocol_sha256 = p.sha256) AS confirmed,
                               (SELECT count(*) FROM current_label l
                                WHERE l.campaign_id = ? AND l.protocol_sha256 = p.sha256) AS labels
                        FROM protocol p WHERE id = ? ORDER BY version""")
                .params(campaign, campaign, current.id())
                .query((row, number) ->
                        new Use(row.getString("sha256"), row.getLong("labels"), row.getLong("confirmed")))
                .list()
                .stream()
                .map(use -> {
                    var version = protocols.bySha256(use.sha256()).protocol();
                    return new ProtocolVersion(
                            version.reference(),
                            version.version(),
                            version.sha256(),
                            version.sha256().equals(current.sha256()),
                            current.answersDifferFrom(version).orElse(null),
                            use.labels(),
                            use.confirmed());
                })
                .toList();
    }

    private record Use(String sha256, long labels, long confirmed) {}

    /** What annotators would have to read if the campaign moved to that version. */
    @Transactional(readOnly = true)
    public ProtocolChange preview(SignedIn lead, UUID campaign, String reference, String language) {
        access.requireLead(lead, campaign);
        return ProtocolComparison.of(
                protocols.bySha256(current(campaign).sha256()), protocols.byReference(reference), language);
    }

    /**
     * Moves the campaign; moving to the version that it has changes nothing.
     *
     * @param reference a published version, e.g. {@code edit-preference-v2}
     * @throws Problem {@code unknown_protocol}, {@code another_protocol} when it is not a version of the campaign's own,
     *     or {@code answers_differ} when answers to one version are no answers to the other
     */
    public void move(SignedIn lead, UUID campaign, String reference) {
        access.requireLead(lead, campaign);
        var target = protocols.byReference(reference).protocol();
        // one move at a time: the row of the move says what was left
        var moved = campaigns.lockById(campaign).orElseThrow(() -> unknown(campaign));
        var from = protocols.bySha256(moved.protocolSha256()).protocol();
        if (from.sha256().equals(target.sha256())) {
            return;
        }
        if (!from.id().equals(target.id())) {
            throw Problem.invalid(
                    "another_protocol",
                    "protocol",
                    "The campaign is under " + from.id() + ". " + reference
                            + " is another protocol: make a campaign of its own for it.");
        }
        from.answersDifferFrom(target).ifPresent(difference -> {
            throw Problem.invalid(
                    "answers_differ",
                    "protocol",
                    "Answers under " + from.reference() + " and " + reference + " do not fit together: " + difference
                            + ". Make a campaign of its own for " + reference + ".");
        });
        moved.moveTo(target.sha256());
        audit.write(
                AuditAction.CAMPAIGN_PROTOCOL,
                lead.id(),
                campaign,
                null,
                Map.of("protocol", from.reference()),
                Map.of("protocol", target.reference()));
        jdbc.sql("INSERT INTO protocol_move (campaign_id, from_sha256, to_sha256, moved_by) VALUES (?, ?, ?, ?)")
                .params(campaign, from.sha256(), target.sha256(), lead.id())
                .update();
    }

    /** The version under which new leases of the campaign are. */
    @Transactional(readOnly = true)
    public Protocol current(UUID campaign) {
        return campaigns
                .findById(campaign)
                .map(found -> protocols.bySha256(found.protocolSha256()).protocol())
                .orElseThrow(() -> unknown(campaign));
    }

    private static Problem unknown(UUID campaign) {
        return CampaignAccess.unknown(campaign);
    }

    /**
     * A version of the campaign's protocol.
     *
     * @param current whether new leases are under it
     * @param obstacle why the campaign cannot move to it; null when it can
     * @param labels current labels of the campaign under it
     * @param confirmed annotators who have confirmed it in the campaign
     */
    public record ProtocolVersion(
            String reference,
            int version,
            String sha256,
            boolean current,
            @Nullable String obstacle,
            long labels,
            long confirmed) {}
}
