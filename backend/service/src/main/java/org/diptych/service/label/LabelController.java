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
import org.springframework.jdbc.core.simple.JdbcClient;
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
    private final AssignmentService assignments;
    private final AnnotatorProgressService progress;
    private final GoldFeedback feedback;
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    LabelController(
            LabelService labels,
            AssignmentService assignments,
            AnnotatorProgressService progress,
            GoldFeedback feedback,
            CampaignAccess access,
            JdbcClient jdbc) {
        this.labels = labels;
        this.assignments = assignments;
        this.progress = progress;
        this.feedback = feedback;
        this.access = access;
        this.jdbc = jdbc;
    }

    @PostMapping("/labels")
    ResponseEntity<Acknowledgement> submit(@AuthenticationPrincipal SignedIn who, @RequestBody Submission submission) {
        // the transaction of submit() has committed when it returns: only then is the label acknowledged
        var accepted = labels.submit(who, submission);
        var acknowledgement = new Acknowledgement(
                accepted.id(),
                accepted.status().name().toLowerCase(Locale.ROOT),
                progress.of(who, accepted.campaign()),
                feedback.of(accepted).orElse(null));
        return ResponseEntity.status(
                        accepted.status() == LabelService.Status.DUPLICATE ? HttpStatus.OK : HttpStatus.CREATED)
                .body(acknowledgement);
    }

    @GetMapping("/campaigns/{campaign}/labels")
    List<OwnLabel> own(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        access.requireMember(who, campaign);
        var rows = jdbc.sql("""
                        SELECT id, assignment_id, answers, skip_reason, comment, flagged, swapped, submitted_at,
                               EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id) AS superseded
                        FROM label l WHERE annotator_id = ? AND campaign_id = ? ORDER BY sequence DESC LIMIT ?""")
                .params(who.id(), campaign, Math.clamp(limit, 1, MOST_LISTED))
                .query((row, number) -> {
                    var answers = row.getString("answers");
                    return new OwnRow(
                            row.getObject("id", UUID.class),
                            row.getObject("assignment_id", UUID.class),
                            answers == null ? null : AnswerJson.toScreen(answers, row.getBoolean("swapped")),
                            row.getString("skip_reason"),
                            row.getString("comment"),
                            row.getBoolean("flagged"),
                            row.getTimestamp("submitted_at").toInstant(),
                            row.getBoolean("superseded"));
                })
                .list();
        var views = assignments.views(
                rows.stream().map(OwnRow::assignment).distinct().toList());
        return rows.stream()
                .map(row -> row.with(Objects.requireNonNull(views.get(row.assignment()))))
                .toList();
    }

    /**
     * @param feedback the known answer; absent, key and all, unless the campaign gives feedback on gold
     */
    record Acknowledgement(
            UUID id,
            String status,
            AnnotatorProgress progress,
            @JsonInclude(JsonInclude.Include.NON_NULL) GoldFeedback.@Nullable Feedback feedback) {}

    private record OwnRow(
            UUID id,
            UUID assignment,
            @Nullable Map<String, Object> answers,
            @Nullable String skipReason,
            @Nullable String comment,
            boolean flagged,
            Instant submittedAt,
            boolean superseded) {
        OwnLabel with(AssignmentView view) {
            return new OwnLabel(id, view, answers, skipReason, comment, flagged, submittedAt, superseded);
        }
    }

    record OwnLabel(
            UUID id,
            AssignmentView assignment,
            @Nullable Map<String, Object> answers,
            @Nullable String skipReason,
            @Nullable String comment,
            boolean flagged,
            Instant submittedAt,
            boolean superseded) {}
}
