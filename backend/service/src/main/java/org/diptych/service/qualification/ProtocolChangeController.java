package org.diptych.service.qualification;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.protocol.ProtocolChange;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows annotators what changed in the protocol since they confirmed it. */
@RestController
class ProtocolChangeController {
    private final ProtocolChanges changes;

    ProtocolChangeController(ProtocolChanges changes) {
        this.changes = changes;
    }

    /** 204 when there is nothing to read. */
    @GetMapping("/api/v1/annotate/campaigns/{campaign}/protocol-change")
    ResponseEntity<ProtocolChange> unread(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "en") String language) {
        return changes.unread(who, campaign, language)
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
