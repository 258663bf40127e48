package org.diptych.service.payment;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What annotators did in a period, for leads. Days are inclusive; left out, they are those of this month. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class PaymentController {
    private final PaymentService payment;

    PaymentController(PaymentService payment) {
        this.payment = payment;
    }

    @GetMapping("/payment/settings")
    ResponseEntity<PaymentSettings> settings(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return tagged(payment.settings(who, campaign));
    }

    /** With {@code If-Match}, the settings are changed only if they still are what the tag was read with. */
    @PutMapping("/payment/settings")
    ResponseEntity<PaymentSettings> change(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestHeader HttpHeaders headers,
            @RequestBody PaymentSettings settings) {
        return tagged(payment.change(who, campaign, settings, IfMatch.of(headers)));
    }

    private static ResponseEntity<PaymentSettings> tagged(PaymentSettings settings) {
        return ResponseEntity.ok().eTag(settings.tag()).body(settings);
    }

    @GetMapping("/payment")
    Report report(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        var report = payment.report(who, campaign, from, to);
        return new Report(
                report.campaign(),
                report.period().from(),
                report.period().to(),
                report.period().zone().getId(),
                report.settings(),
                PaymentService.IDLE_RULE,
                report.lines(),
                report.perJudgement(),
                report.perHour());
    }

    /** A report as programs read it. */
    record Report(
            String campaign,
            LocalDate from,
            LocalDate to,
            String timeZone,
            PaymentSettings settings,
            String activeTime,
            List<PaymentReport.Line> lines,
            BigDecimal perJudgement,
            BigDecimal perHour) {}

    /** The same as CSV, which is recorded. */
    @GetMapping("/payment.csv")
    ResponseEntity<String> download(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payment.csv\"")
                .body(payment.export(who, campaign, from, to));
    }
}
