package org.diptych.service.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.AnnotatorProgress;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes labels in, and shows annotators their own. */
@RestController
@RequestMapping("/api/v1/annotate")
class LabelController {
    private static final int MOST_LISTED = 500;

    private final LabelService labels;
    private final LabelAndNext together;
    private final AssignmentService assignments;
    private final AnnotatorProgressService progress;
    private final GoldFeedback feedback;
    private final CampaignAccess access;

    LabelController(
            LabelService labels,
            LabelAndNext together,
            AssignmentService assignments,
            AnnotatorProgressService progress,
            GoldFeedback feedback,
            CampaignAccess access) {
        this.labels = labels;
        this.together = together;
        this.assignments = assignments;
        this.progress = progress;
        this.feedback = feedback;
        this.access = access;
    }

    /**
     * @param next how many pairs the annotator is to hold afterwards, as in a claim: so a label costs one request. Where
     *     nothing is handed out the label is acknowledged all the same, and a claim says why.
     */
    @PostMapping("/labels")
    ResponseEntity<Acknowledgement> submit(
            @AuthenticationPrincipal SignedIn who,
            @RequestBody Submission submission,
            @RequestParam(required = false) @Nullable Integer next) {
        if (next != null) {
            AssignmentService.requireCount("next", next);
        }
        // the transaction has committed when it returns: only then is the label acknowledged
        var taken = next == null
                ? new LabelAndNext.Taken(labels.submit(who, submission), null)
                : together.submit(who, submission, next);
        var accepted = taken.label();
        var acknowledgement = new Acknowledgement(
                accepted.id(),
                accepted.status().name().toLowerCase(Locale.ROOT),
                progress.of(who, accepted.campaign()),
                feedback.of(accepted).orElse(null),
                taken.next());
        return ResponseEntity.status(
                        accepted.status() == LabelService.Status.DUPLICATE ? HttpStatus.OK : HttpStatus.CREATED)
                .body(acknowledgement);
    }

    @GetMapping("/campaigns/{campaign}/labels")
    List<OwnLabelView> own(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        access.requireMember(who, campaign);
        var rows = labels.own(who, campaign, Math.clamp(limit, 1, MOST_LISTED));
        var views = assignments.views(
                rows.stream().map(OwnLabel::assignment).distinct().toList());
        return rows.stream()
                .map(row -> OwnLabelView.of(row, Objects.requireNonNull(views.get(row.assignment()))))
                .toList();
    }

    /**
     * @param feedback the known answer; absent, key and all, unless the campaign gives feedback on gold
     * @param assignments what the annotator holds now; absent, key and all, unless that was asked for and could be had
     */
    record Acknowledgement(
            UUID id,
            String status,
            AnnotatorProgress progress,
            @JsonInclude(JsonInclude.Include.NON_NULL) GoldFeedback.@Nullable Feedback feedback,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<AssignmentView> assignments) {}

    record OwnLabelView(
            UUID id,
            AssignmentView assignment,
            @Nullable Map<String, Object> answers,
            @Nullable String skipReason,
            @Nullable String comment,
            boolean flagged,
            Instant submittedAt,
            boolean superseded) {
        static OwnLabelView of(OwnLabel label, AssignmentView view) {
            return new OwnLabelView(
                    label.id(),
                    view,
                    label.answers(),
                    label.skipReason(),
                    label.comment(),
                    label.flagged(),
                    label.submittedAt(),
                    label.superseded());
        }
    }
}
