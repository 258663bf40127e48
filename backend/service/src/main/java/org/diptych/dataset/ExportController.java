package org.diptych.dataset;

import java.util.UUID;
import org.diptych.account.SignedIn;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Downloads of datasets. */
@RestController
class ExportController {
    private final ExportService exports;

    ExportController(ExportService exports) {
        this.exports = exports;
    }

    @GetMapping("/api/v1/campaigns/{campaign}/export")
    ResponseEntity<StreamingResponseBody> export(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "jsonl") String format) {
        var wanted = ExportFormat.of(format);
        var fileName = exports.prepare(who, campaign, wanted);
        StreamingResponseBody body = stream -> exports.write(who, campaign, wanted, stream);
        return ResponseEntity.ok()
                .contentType(
                        wanted == ExportFormat.EDITREWARD_JSON
                                ? MediaType.APPLICATION_JSON
                                : MediaType.APPLICATION_NDJSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(fileName)
                                .build()
                                .toString())
                .body(body);
    }
}
