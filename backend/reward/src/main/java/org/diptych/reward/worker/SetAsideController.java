package org.diptych.reward.worker;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.reward.SetAsideCandidates;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Candidates of a campaign that the encoder in use, or one tuned from it, could not encode. */
@RestController
class SetAsideController {
    private static final int MOST_LISTED = 1_000;

    private final SetAsideCandidates candidates;
    private final Encoding encoding;

    SetAsideController(SetAsideCandidates candidates, Encoding encoding) {
        this.candidates = candidates;
        this.encoding = encoding;
    }

    @GetMapping("/api/v1/campaigns/{campaign}/candidates-set-aside")
    List<SetAsideCandidates.SetAside> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return candidates.list(who, campaign, encoding.encoderId(), MOST_LISTED);
    }
}
