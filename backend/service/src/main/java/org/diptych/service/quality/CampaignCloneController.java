package org.diptych.service.quality;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Clones of campaigns, for programs of leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/clones")
class CampaignCloneController {
    private final CampaignClone clone;

    CampaignCloneController(CampaignClone clone) {
        this.clone = clone;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UUID> make(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestBody CampaignClone.Wanted wanted) {
        return Map.of("id", clone.make(who, campaign, wanted));
    }
}
