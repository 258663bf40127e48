package org.diptych.service.evidence;

import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.diptych.service.problem.ServedAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Evidence on request, for the pair that an annotator judges now or has judged. It says nothing about a candidate but what
 * its pictures show.
 */
@RestController
@RequestMapping("/api/v1/annotate/assignments/{assignment}/evidence")
class EvidenceController {
    private final EvidenceRows rows;
    private final EvidenceMaps maps;
    private final CampaignAccess access;

    EvidenceController(EvidenceRows rows, EvidenceMaps maps, CampaignAccess access) {
        this.rows = rows;
        this.maps = maps;
        this.access = access;
    }

    @GetMapping
    ResponseEntity<Answer> evidence(@AuthenticationPrincipal SignedIn who, @PathVariable UUID assignment) {
        var pair = pair(who, assignment);
        var address = ServedAddress.of("/api/v1/annotate/assignments/" + assignment + "/evidence/");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Answer(side(pair.left(), address + "left"), side(pair.right(), address + "right")));
    }

    @GetMapping("/{side:left|right}")
    ResponseEntity<Resource> overlay(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID assignment, @PathVariable String side)
            throws IOException {
        var pair = pair(who, assignment);
        var overlay = (side.equals("left") ? pair.left() : pair.right()).overlay();
        if (overlay == null) {
            throw Problem.notFound("no_overlay", "There is no map for this edit; ask for the evidence to learn why.");
        }
        var map = maps.find(overlay).orElseThrow(() -> new IOException("map " + overlay + " is not in the store"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(overlay)
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.IMAGE_PNG)
                .body(map);
    }

    private EvidenceRows.Pair pair(SignedIn who, UUID assignment) {
        var pair = rows.ofAssignment(assignment, who.id())
                .orElseThrow(() -> Problem.notFound("unknown_assignment", "You have no such assignment."));
        access.requireMember(who, pair.campaign());
        if (!pair.held()) {
            throw Problem.conflict("lease_lost", "This pair went back to the queue. Ask for it again.");
        }
        return pair;
    }

    private static Side side(CandidateEvidence evidence, String address) {
        return new Side(
                evidence.leak(),
                evidence.strength(),
                evidence.touched(),
                evidence.parts(),
                evidence.leak() == null ? evidence.outcome().toLowerCase(Locale.ROOT) : null,
                evidence.overlay() == null ? null : address);
    }

    record Answer(Side left, Side right) {}

    /**
     * One displayed side.
     *
     * @param leak share of what lies outside the touched region that changed noticeably, 0..1
     * @param strength mean CIE94 difference of that share
     * @param touched share of the picture in the touched region, 0..1
     * @param parts connected parts of that region
     * @param reason why there is no number: pending, whole_picture, no_region, unchanged or unreadable
     * @param overlay where the map is
     */
    record Side(
            @Nullable Double leak,
            @Nullable Double strength,
            @Nullable Double touched,
            @Nullable Integer parts,
            @Nullable String reason,
            @Nullable String overlay) {}
}
