package org.diptych.service.campaign;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells leads what waits in vain. */
@RestController
class StuckPairsController {
    private final CampaignProgressService progress;

    StuckPairsController(CampaignProgressService progress) {
        this.progress = progress;
    }

    @GetMapping("/api/v1/campaigns/{campaign}/stuck-pairs")
    StuckPairs stuck(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return progress.stuck(who, campaign);
    }
}
