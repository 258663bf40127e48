package org.diptych.service.qualification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who has read and confirmed which version of the guideline. A confirmation is given once and stays. */
@Service
@Transactional
@Unaudited("annotators' own work")
public class GuidelineConfirmations {
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    GuidelineConfirmations(CampaignAccess access, JdbcClient jdbc) {
        this.access = access;
        this.jdbc = jdbc;
    }

    /**
     * Confirms the guideline of the campaign's protocol; confirming again changes nothing.
     *
     * @param protocolSha256 the version that was read
     * @return the confirmation, with the time of the first one
     * @throws Problem {@code protocol_changed} when the campaign has another version now: that one is to be read
     */
    public Confirmation confirm(SignedIn who, UUID campaign, String protocolSha256) {
        access.requireMember(who, campaign);
        var current = jdbc.sql("SELECT protocol_sha256 FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
        if (!current.equals(protocolSha256)) {
            throw Problem.conflict(
                            "protocol_changed",
                            "The campaign has another version of the protocol. Reload, read that one and confirm it.")
                    .with("protocolSha256", current);
        }
        jdbc.sql("""
                        INSERT INTO guideline_confirmation (campaign_id, account_id, protocol_sha256) VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING""").params(campaign, who.id(), protocolSha256).update();
        return find(who.id(), campaign, protocolSha256)
                .orElseThrow(() -> new IllegalStateException("the confirmation was just stored"));
    }

    /** The account's confirmation of that version in the campaign. */
    @Transactional(readOnly = true)
    public Optional<Confirmation> find(UUID account, UUID campaign, String protocolSha256) {
        return jdbc.sql("""
                        SELECT confirmed_at FROM guideline_confirmation
                        WHERE campaign_id = ? AND account_id = ? AND protocol_sha256 = ?""")
                .params(campaign, account, protocolSha256)
                .query((row, number) -> new Confirmation(
                        protocolSha256, row.getTimestamp("confirmed_at").toInstant()))
                .optional();
    }

    /**
     * A confirmation.
     *
     * @param protocolSha256 the version that was read
     * @param confirmedAt when
     */
    public record Confirmation(String protocolSha256, Instant confirmedAt) {}
}
