package org.diptych.service.pair;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One pair, for programs of leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/pairs/{pair}")
class PairController {
    private final PairService pairs;

    PairController(PairService pairs) {
        this.pairs = pairs;
    }

    /** Without the names of editing models and annotators. */
    @GetMapping
    Pair get(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        return pairs.of(who, campaign, pair);
    }

    /** With all names, which is recorded. */
    @PostMapping("/reveal")
    Pair reveal(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        return pairs.reveal(who, campaign, pair);
    }
}
