package org.diptych.service.agreement;

import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows annotators how they work; nobody is ranked, and nobody sees another's figures. */
@RestController
class MyWorkController {
    private final OwnPaceQuery pace;
    private final OwnAgreementQuery agreement;
    private final ProtocolService protocols;
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    MyWorkController(
            OwnPaceQuery pace,
            OwnAgreementQuery agreement,
            ProtocolService protocols,
            CampaignAccess access,
            JdbcClient jdbc) {
        this.pace = pace;
        this.agreement = agreement;
        this.protocols = protocols;
        this.access = access;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/v1/annotate/campaigns/{campaign}/my-work")
    MyWork myWork(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireMember(who, campaign);
        var sha256 = jdbc.sql("SELECT protocol_sha256 FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
        return new MyWork(
                pace.of(who.id(), campaign),
                agreement.of(who.id(), campaign, protocols.bySha256(sha256).protocol()));
    }

    record MyWork(OwnPace pace, OwnAgreement agreement) {}
}
