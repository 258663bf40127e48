package org.diptych.service.health;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a campaign stands, for programs of leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/health")
class HealthController {
    private final CampaignHealths healths;

    HealthController(CampaignHealths healths) {
        this.healths = healths;
    }

    /** Pace, forecast and agreement by week, as they were at the moment it says. */
    @GetMapping
    CampaignHealth of(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return healths.of(who, campaign)
                .orElseThrow(() -> Problem.notFound(
                        "not_read_yet", "How this campaign stands is read within a minute. Ask again then."));
    }
}
