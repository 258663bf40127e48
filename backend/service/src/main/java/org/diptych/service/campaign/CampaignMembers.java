package org.diptych.service.campaign;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.AccountName;
import org.diptych.service.account.Memberships;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is in which campaign. Whoever changes it holds the campaign, so that two leads cannot remove each other at once. */
@Component
class CampaignMembers {
    private final Members members;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Memberships remembered;

    CampaignMembers(Members members, JdbcClient jdbc, Clock clock, Memberships remembered) {
        this.members = members;
        this.jdbc = jdbc;
        this.clock = clock;
        this.remembered = remembered;
    }

    UUID account(String name) {
        return AccountName.of(name)
                .flatMap(wanted -> jdbc.sql("SELECT id FROM account WHERE name = ?")
                        .param(wanted)
                        .query(UUID.class)
                        .optional())
                .orElseThrow(() -> Problem.notFound("unknown_account", "There is no account of that name."));
    }

    void put(UUID campaign, UUID account, MemberRole role) {
        var id = new Member.Id(campaign, account);
        members.findById(id)
                .ifPresentOrElse(
                        member -> member.become(role), () -> members.save(new Member(id, role, clock.instant())));
        members.flush();
    }

    Optional<MemberRole> role(UUID campaign, UUID account) {
        return members.findById(new Member.Id(campaign, account)).map(Member::role);
    }

    void remove(UUID campaign, UUID account) {
        members.deleteById(new Member.Id(campaign, account));
        members.flush();
        remembered.changing(account);
    }

    boolean isOnlyLead(UUID campaign, UUID account) {
        return members.findByIdCampaignAndRole(campaign, MemberRole.LEAD).stream()
                .map(Member::account)
                .toList()
                .equals(List.of(account));
    }

    List<CampaignName> campaignsOf(UUID account) {
        return jdbc.sql("""
                        SELECT c.id, c.name FROM campaign c JOIN campaign_member m ON m.campaign_id = c.id
                        WHERE m.account_id = ? AND c.archived_at IS NULL ORDER BY c.name""")
                .param(account)
                .query((row, number) -> new CampaignName(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    List<CampaignMember> of(UUID campaign, CampaignFigures figures) {
        return jdbc.sql("""
                        SELECT a.id, a.name, a.display_name, m.role, a.simulated, m.joined_at
                        FROM campaign_member m JOIN account a ON a.id = m.account_id
                        WHERE m.campaign_id = ? ORDER BY m.role DESC, a.name""")
                .param(campaign)
                .query((row, number) -> new CampaignMember(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("display_name"),
                        MemberRole.valueOf(row.getString("role")),
                        row.getBoolean("simulated"),
                        figures.labelsOf(row.getObject("id", UUID.class)),
                        row.getObject("joined_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
