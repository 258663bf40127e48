package org.diptych.service.dataset;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.diptych.service.account.SignedIn;
import org.diptych.service.download.Downloads;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.CustomCollectionEditor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Downloads of datasets. */
@RestController
class ExportController {
    /** How many labelled pairs the format has no record for. */
    static final String LEFT_OUT = "Diptych-Left-Out";

    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final ExportService exports;
    private final Downloads downloads;

    ExportController(ExportService exports, Downloads downloads) {
        this.exports = exports;
        this.downloads = downloads;
    }

    /** The name of a person or a model may hold a comma. */
    @InitBinder("filter")
    void eachFilterIsOneText(WebDataBinder binder) {
        binder.registerCustomEditor(List.class, new CustomCollectionEditor(List.class));
    }

    @GetMapping("/api/v1/campaigns/{campaign}/export")
    ResponseEntity<StreamingResponseBody> export(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(required = false) @Nullable List<String> filter,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(required = false) @Nullable String consensus,
            @RequestParam(required = false) @Nullable String names,
            @RequestParam(required = false) @Nullable String ties,
            @RequestParam(required = false) @Nullable String licence) {
        var wanted = ExportFormat.of(format);
        var options =
                ExportOptions.of(wanted, filter == null ? List.of() : filter, split, consensus, names, ties, licence);
        var fileName = exports.prepare(who, campaign, wanted, options);
        var leftOut = new AtomicLong();
        var answer = downloads.answer(
                who, type(fileName), stream -> leftOut.set(exports.write(who, campaign, wanted, options, stream)));
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(fileName)
                                .build()
                                .toString())
                .header(LEFT_OUT, leftOut.toString())
                .body(answer.getBody());
    }

    /** What a file of that name is. */
    static MediaType type(String fileName) {
        if (fileName.endsWith(".zip")) {
            return ZIP;
        }
        return fileName.endsWith(".json") ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_NDJSON;
    }

    /** What the columns of an export in JSON lines hold, as a JSON schema of one line. */
    @GetMapping(value = "/api/v1/schemas/labels", produces = "application/schema+json")
    Resource schema() {
        return new ClassPathResource("labels.schema.json", ExportController.class);
    }
}
