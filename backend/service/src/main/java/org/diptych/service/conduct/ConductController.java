package org.diptych.service.conduct;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What leads see of one annotator and do about their work. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class ConductController {
    private final AnnotatorReports reports;
    private final Conduct conduct;

    ConductController(AnnotatorReports reports, Conduct conduct) {
        this.reports = reports;
        this.conduct = conduct;
    }

    /** Qualification, figures, warnings and pauses of one annotator. */
    @GetMapping("/annotators/{account}")
    AnnotatorReport report(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID account) {
        return reports.of(who, campaign, account);
    }

    /** Pauses the annotator: no new pairs; what they hold they may finish. */
    @PutMapping("/annotators/{account}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pause(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID account,
            @RequestBody Why why) {
        conduct.pause(who, campaign, account, why.reason());
    }

    /** Ends the pause. */
    @DeleteMapping("/annotators/{account}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID account,
            @RequestParam(required = false) @Nullable String reason) {
        conduct.resume(who, campaign, account, reason);
    }

    /** Leaves the annotator's labels out of datasets, trainings and agreement from a day on. */
    @PutMapping("/annotators/{account}/exclusion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void exclude(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID account,
            @RequestBody ExclusionRequest wanted) {
        conduct.exclude(who, campaign, account, wanted.from(), wanted.reason());
    }

    /** Takes them in again. */
    @DeleteMapping("/annotators/{account}/exclusion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void readmit(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID account) {
        conduct.readmit(who, campaign, account);
    }

    /** The annotators whose labels are left out. */
    @GetMapping("/exclusions")
    List<Exclusion> exclusions(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return conduct.exclusions(who, campaign);
    }

    /** Sends the annotator to the qualification set again. */
    @PostMapping("/annotators/{account}/retraining")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retrain(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID account,
            @RequestBody Why why) {
        conduct.retrain(who, campaign, account, why.reason());
    }

    /** The judgements that a warning or a pause rests on. */
    @GetMapping("/notices/{notice}/judgements")
    List<QuestionedPair> questioned(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID notice) {
        return reports.questioned(who, campaign, notice);
    }

    /** Answers an appeal: the pause stands, or is lifted. */
    @PutMapping("/notices/{notice}/appeal/answer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answer(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID notice,
            @RequestBody AppealAnswer answer) {
        conduct.answer(who, campaign, notice, answer.lift(), answer.text());
    }

    /** The rules about annotators' work. */
    @GetMapping("/annotator-rules")
    ResponseEntity<AnnotatorRules> rules(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return tagged(conduct.rules(who, campaign));
    }

    /** Changes them; with {@code If-Match}, only if they still are what the tag was read with. */
    @PutMapping("/annotator-rules")
    ResponseEntity<AnnotatorRules> change(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestHeader HttpHeaders headers,
            @RequestBody AnnotatorRules rules) {
        return tagged(conduct.change(who, campaign, rules, IfMatch.of(headers)));
    }

    private static ResponseEntity<AnnotatorRules> tagged(AnnotatorRules rules) {
        return ResponseEntity.ok().eTag(rules.tag()).body(rules);
    }

    record Why(@Nullable String reason) {}

    record ExclusionRequest(
            @Nullable LocalDate from, @Nullable String reason) {}

    /**
     * What a lead answers.
     *
     * @param lift whether the pause ends
     */
    record AppealAnswer(boolean lift, @Nullable String text) {}
}
