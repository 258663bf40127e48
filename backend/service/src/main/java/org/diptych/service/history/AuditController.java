package org.diptych.service.history;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.download.Downloads;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The audit log, for administrators; with a campaign, for its leads. */
@RestController
class AuditController {
    private static final int MOST = 1_000;

    private final AuditTrail trail;
    private final Downloads downloads;

    AuditController(AuditTrail trail, Downloads downloads) {
        this.trail = trail;
        this.downloads = downloads;
    }

    /** Newest first; the next page begins before the id of the last entry. */
    @GetMapping("/api/v1/audit")
    List<AuditEntry> page(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID campaign,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("invalid_value", "limit", "Ask for 1 to " + MOST + " entries.");
        }
        return trail.page(who, new AuditFilter(person, action, campaign, from, to), before, limit);
    }

    @GetMapping("/api/v1/audit.csv")
    ResponseEntity<StreamingResponseBody> download(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID campaign,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        var filter = new AuditFilter(person, action, campaign, from, to);
        trail.require(who, filter);
        var answer = downloads.answer(
                who, MediaType.valueOf("text/csv;charset=UTF-8"), stream -> trail.writeCsv(who, filter, stream));
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")
                .body(answer.getBody());
    }
}
