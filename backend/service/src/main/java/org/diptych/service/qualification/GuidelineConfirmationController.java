package org.diptych.service.qualification;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes confirmations of the guideline. */
@RestController
class GuidelineConfirmationController {
    private final GuidelineConfirmations confirmations;

    GuidelineConfirmationController(GuidelineConfirmations confirmations) {
        this.confirmations = confirmations;
    }

    @PostMapping("/api/v1/annotate/campaigns/{campaign}/guideline-confirmations")
    @ResponseStatus(HttpStatus.CREATED)
    GuidelineConfirmations.Confirmation confirm(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Reading reading) {
        return confirmations.confirm(who, campaign, reading.protocolSha256());
    }

    /** The digest of the protocol that was read. */
    record Reading(String protocolSha256) {}
}
