package org.diptych.service.quality;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A campaign's annotators, for leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/annotators")
class AnnotatorController {
    private final AnnotatorService annotators;

    AnnotatorController(AnnotatorService annotators) {
        this.annotators = annotators;
    }

    @GetMapping
    List<AnnotatorStanding> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return annotators.list(who, campaign);
    }

    @PostMapping("/{account}/tries")
    @ResponseStatus(HttpStatus.CREATED)
    AnnotatorStanding grant(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID account,
            @RequestBody Grant grant) {
        return annotators.grantTry(who, campaign, account, grant.reason() == null ? "" : grant.reason());
    }

    record Grant(@Nullable String reason) {}
}
