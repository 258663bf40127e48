package org.diptych.service.agreement;

import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignProtocols;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows annotators how they work; nobody is ranked, and nobody sees another's figures. */
@RestController
class MyWorkController {
    private final OwnPaceQuery pace;
    private final OwnAgreementQuery agreement;
    private final CampaignProtocols protocols;
    private final CampaignAccess access;

    MyWorkController(
            OwnPaceQuery pace, OwnAgreementQuery agreement, CampaignProtocols protocols, CampaignAccess access) {
        this.pace = pace;
        this.agreement = agreement;
        this.protocols = protocols;
        this.access = access;
    }

    @GetMapping("/api/v1/annotate/campaigns/{campaign}/my-work")
    MyWork myWork(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireMember(who, campaign);
        return new MyWork(pace.of(who.id(), campaign), agreement.of(who.id(), campaign, protocols.current(campaign)));
    }

    record MyWork(OwnPace pace, OwnAgreement agreement) {}
}
