package org.diptych.service.assignment;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.campaign.AnnotatorProgress;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.image.ExamplePictures;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The labelling screen's door to its work. */
@RestController
@RequestMapping("/api/v1/annotate")
class AssignmentController {
    private final AssignmentService assignments;
    private final AssignmentRules rules;
    private final AnnotatorProgressService progress;
    private final ProtocolService protocols;
    private final ExamplePictures pictures;
    private final CampaignAccess access;
    private final CampaignService campaigns;

    AssignmentController(
            AssignmentService assignments,
            AssignmentRules rules,
            AnnotatorProgressService progress,
            ProtocolService protocols,
            ExamplePictures pictures,
            CampaignAccess access,
            CampaignService campaigns) {
        this.assignments = assignments;
        this.rules = rules;
        this.progress = progress;
        this.protocols = protocols;
        this.pictures = pictures;
        this.access = access;
        this.campaigns = campaigns;
    }

    @GetMapping("/campaigns")
    List<CampaignName> campaigns(@AuthenticationPrincipal SignedIn who) {
        return campaigns.memberships(who);
    }

    @GetMapping("/campaigns/{campaign}")
    Workspace workspace(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireMember(who, campaign);
        var rule = rules.of(campaign);
        return new Workspace(
                new WorkspaceCampaign(campaign, rule.name(), rule.prefetch(), rule.leaseSeconds()),
                protocol(rule.protocolSha256()),
                progress.of(who, campaign));
    }

    /** A version that a lease of the campaign was given under; the campaign itself may have moved on. */
    @GetMapping("/campaigns/{campaign}/protocols/{sha256}")
    WorkspaceProtocol protocol(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable String sha256) {
        access.requireMember(who, campaign);
        return protocol(sha256);
    }

    private WorkspaceProtocol protocol(String sha256) {
        var document = protocols.bySha256(sha256);
        var reference = document.protocol().reference();
        return new WorkspaceProtocol(
                sha256,
                reference,
                document.tree(),
                pictures.of(reference).stream().map(PicturedExample::of).toList());
    }

    @PostMapping("/campaigns/{campaign}/claims")
    ClaimAnswer claim(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody ClaimRequest request) {
        var claim = assignments.claim(who, campaign, request.count());
        var empty = claim.empty();
        return new ClaimAnswer(
                claim.assignments(),
                progress.of(who, campaign),
                empty == null ? null : empty.name().toLowerCase(Locale.ROOT));
    }

    @PostMapping("/assignments/{assignment}/heartbeat")
    Map<String, Instant> heartbeat(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID assignment, @RequestBody Heartbeat request) {
        return Map.of("expiresAt", assignments.heartbeat(who, assignment, request.token()));
    }

    @PostMapping("/assignments/{assignment}/renewal")
    AssignmentView renew(@AuthenticationPrincipal SignedIn who, @PathVariable UUID assignment) {
        return assignments.renew(who, assignment);
    }

    record Workspace(WorkspaceCampaign campaign, WorkspaceProtocol protocol, AnnotatorProgress progress) {}

    record WorkspaceCampaign(UUID id, String name, int prefetch, int leaseSeconds) {}

    /**
     * A protocol.
     *
     * @param examplePictures what its worked examples show, in their order; empty where there are no pictures
     */
    record WorkspaceProtocol(
            String sha256, String reference, Map<String, Object> document, List<PicturedExample> examplePictures) {}

    record PicturedExample(Picture source, List<Picture> edits) {
        static PicturedExample of(ExamplePictures.Example example) {
            return new PicturedExample(
                    picture(example.source()),
                    example.edits().stream().map(PicturedExample::picture).toList());
        }

        private static Picture picture(ExamplePictures.Picture picture) {
            return Picture.of(picture.sha256(), picture.width(), picture.height());
        }
    }

    record ClaimRequest(int count) {}

    record ClaimAnswer(
            List<AssignmentView> assignments,
            AnnotatorProgress progress,
            @Nullable String empty) {}

    record Heartbeat(long token) {}
}
