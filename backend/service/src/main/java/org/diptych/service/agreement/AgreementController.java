package org.diptych.service.agreement;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AgreementController {
    private final AgreementService agreement;

    AgreementController(AgreementService agreement) {
        this.agreement = agreement;
    }

    @GetMapping("/api/v1/campaigns/{campaign}/agreement")
    CampaignAgreement agreement(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return agreement.of(who, campaign);
    }
}
