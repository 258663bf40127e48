package org.diptych.service.campaign;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns for those who lead them. */
@RestController
@RequestMapping("/api/v1/campaigns")
class CampaignController {
    private final CampaignService campaigns;

    CampaignController(CampaignService campaigns) {
        this.campaigns = campaigns;
    }

    @GetMapping
    List<CampaignOverview> list(@AuthenticationPrincipal SignedIn who) {
        return campaigns.list(who);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UUID> create(@AuthenticationPrincipal SignedIn who, @RequestBody Creation wanted) {
        var settings = wanted.settings() == null ? CampaignSettings.DEFAULT : wanted.settings();
        try {
            return Map.of("id", campaigns.create(who, new NewCampaign(wanted.name(), wanted.protocol(), settings)));
        } catch (Problem problem) {
            throw problem.code().equals("invalid_settings") ? problem.within("settings") : problem;
        }
    }

    /** A campaign to be; the settings may be left out. */
    record Creation(String name, String protocol, @Nullable CampaignSettings settings) {}

    @GetMapping("/{campaign}")
    CampaignOverview get(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return campaigns.overview(who, campaign);
    }

    @GetMapping("/{campaign}/settings")
    ResponseEntity<CampaignSettings> settings(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return tagged(campaigns.settings(who, campaign));
    }

    /** With {@code If-Match}, the settings are changed only if they still are what the tag was read with. */
    @PutMapping("/{campaign}/settings")
    ResponseEntity<CampaignSettings> change(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestHeader HttpHeaders headers,
            @RequestBody CampaignSettings settings) {
        campaigns.change(who, campaign, settings, IfMatch.of(headers));
        return tagged(settings);
    }

    private static ResponseEntity<CampaignSettings> tagged(CampaignSettings settings) {
        return ResponseEntity.ok().eTag(settings.tag()).body(settings);
    }

    @PutMapping("/{campaign}/state")
    CampaignOverview enter(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody StateChange change) {
        campaigns.enter(who, campaign, change.state());
        return campaigns.overview(who, campaign);
    }

    /** The wanted state. */
    record StateChange(CampaignState state) {}

    @PutMapping("/{campaign}/archive")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void archive(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        campaigns.archive(who, campaign);
    }

    @DeleteMapping("/{campaign}/archive")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void restore(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        campaigns.restore(who, campaign);
    }

    @GetMapping("/{campaign}/members")
    List<CampaignMember> members(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return campaigns.members(who, campaign);
    }

    @PutMapping("/{campaign}/members/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void addMember(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable String name,
            @RequestBody Membership membership) {
        campaigns.addMember(who, campaign, name, membership.role());
    }

    /** The wanted role. */
    record Membership(MemberRole role) {}

    @DeleteMapping("/{campaign}/members/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeMember(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable String name) {
        campaigns.removeMember(who, campaign, name);
    }
}
