package org.diptych.service.qualification;

import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.protocol.ProtocolChange;
import org.diptych.service.protocol.ProtocolComparison;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an annotator has to read because the campaign moved to another version of its protocol. The labelling screen stops
 * until it is confirmed; a claim does not, so that programs go on working.
 */
@Service
@Transactional(readOnly = true)
class ProtocolChanges {
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final JdbcClient jdbc;

    ProtocolChanges(CampaignAccess access, ProtocolService protocols, JdbcClient jdbc) {
        this.access = access;
        this.protocols = protocols;
        this.jdbc = jdbc;
    }

    /**
     * The change to read against the version confirmed last or, without a confirmation, worked under last. Empty when the
     * campaign's version is confirmed, and for somebody who has not worked under another.
     *
     * @param language language of the texts
     */
    Optional<ProtocolChange> unread(SignedIn who, UUID campaign, String language) {
        access.requireMember(who, campaign);
        return jdbc.sql("""
                        WITH known AS (
                            SELECT protocol_sha256, confirmed_at AS at, true AS confirmed FROM guideline_confirmation
                            WHERE campaign_id = :campaign AND account_id = :account
                            UNION ALL
                            SELECT protocol_sha256, leased_at, false FROM assignment
                            WHERE campaign_id = :campaign AND annotator_id = :account)
                        SELECT k.protocol_sha256 AS before, c.protocol_sha256 AS now FROM campaign c, known k
                        WHERE c.id = :campaign AND k.protocol_sha256 <> c.protocol_sha256
                          AND NOT EXISTS (SELECT 1 FROM known same
                                          WHERE same.confirmed AND same.protocol_sha256 = c.protocol_sha256)
                        ORDER BY k.confirmed DESC, k.at DESC LIMIT 1""")
                .param("campaign", campaign)
                .param("account", who.id())
                .query((row, number) -> new Move(row.getString("before"), row.getString("now")))
                .optional()
                .map(move -> ProtocolComparison.of(
                        protocols.bySha256(move.before()), protocols.bySha256(move.now()), language));
    }

    private record Move(String before, String now) {}
}
