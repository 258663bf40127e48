package org.diptych.service.conduct;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.quality.AnnotatorStanding;
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

/** An annotator's own figures, warnings and pauses; nothing about anybody else. */
@RestController
@RequestMapping("/api/v1/annotate/campaigns/{campaign}/my-figures")
class OwnConductController {
    private final AnnotatorReports reports;
    private final Appeals appeals;

    OwnConductController(AnnotatorReports reports, Appeals appeals) {
        this.reports = reports;
        this.appeals = appeals;
    }

    /** The same figures as leads see. */
    @GetMapping
    OwnReport own(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        var report = reports.own(who, campaign);
        return new OwnReport(
                report.qualification(), report.figures(), report.notices(), report.exclusion(), report.asked());
    }

    /** The caller's judgements that a warning or a pause rests on. */
    @GetMapping("/notices/{notice}/judgements")
    List<QuestionedPair> questioned(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID notice) {
        return reports.questionedOwn(who, campaign, notice);
    }

    /** Appeals to a pause, once. */
    @PostMapping("/notices/{notice}/appeal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void appeal(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID notice,
            @RequestBody Words words) {
        appeals.make(who, campaign, notice, words.text());
    }

    record Words(@Nullable String text) {}

    /** A report as its annotator gets it. */
    record OwnReport(
            AnnotatorStanding.Qualification qualification,
            @Nullable WorkFigures figures,
            List<Notice> notices,
            @Nullable Exclusion exclusion,
            AnnotatorReport.@Nullable Retraining retraining) {}
}
