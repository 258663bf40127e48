package org.diptych.service.campaign;

import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.download.Downloads;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Tells a lead which stored picture belongs to which candidate of the manifest. */
@RestController
class CandidateController {
    private final CandidateList candidates;
    private final CampaignAccess access;
    private final Downloads downloads;

    CandidateController(CandidateList candidates, CampaignAccess access, Downloads downloads) {
        this.candidates = candidates;
        this.access = access;
        this.downloads = downloads;
    }

    /** One JSON line a candidate: item, image path as in the manifest, digest of the stored picture. */
    @GetMapping("/api/v1/campaigns/{campaign}/candidates")
    ResponseEntity<StreamingResponseBody> candidates(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireLead(who, campaign);
        return downloads.answer(who, MediaType.APPLICATION_NDJSON, stream -> candidates.write(campaign, stream));
    }
}
