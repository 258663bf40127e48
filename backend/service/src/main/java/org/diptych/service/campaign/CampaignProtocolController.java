package org.diptych.service.campaign;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.protocol.ProtocolChange;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a campaign's protocol, for its leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class CampaignProtocolController {
    private final CampaignProtocols protocols;

    CampaignProtocolController(CampaignProtocols protocols) {
        this.protocols = protocols;
    }

    @GetMapping("/protocol-versions")
    List<CampaignProtocols.ProtocolVersion> versions(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return protocols.versions(who, campaign);
    }

    @GetMapping("/protocol-versions/{reference}/changes")
    ProtocolChange preview(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable String reference,
            @RequestParam(defaultValue = "en") String language) {
        return protocols.preview(who, campaign, reference, language);
    }

    @PutMapping("/protocol")
    List<CampaignProtocols.ProtocolVersion> move(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Target target) {
        protocols.move(who, campaign, target.protocol());
        return protocols.versions(who, campaign);
    }

    /** The version to move to, e.g. {@code edit-preference-v2}. */
    record Target(String protocol) {}
}
