package org.diptych.service.dataset;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.CustomCollectionEditor;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Exports that a worker makes. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/exports")
class ExportJobsController {
    private static final String SHA256 = "Diptych-Sha256";

    private final ExportJobs jobs;
    private final ExportPreviews previews;

    ExportJobsController(ExportJobs jobs, ExportPreviews previews) {
        this.jobs = jobs;
        this.previews = previews;
    }

    /** The name of a person or a model may hold a comma. */
    @InitBinder("filter")
    void eachFilterIsOneText(WebDataBinder binder) {
        binder.registerCustomEditor(List.class, new CustomCollectionEditor(List.class));
    }

    /** A wish of which all but the format may be left out. */
    record Asked(
            String format,
            @Nullable List<String> filter,
            @Nullable String split,
            @Nullable String consensus,
            @Nullable String names,
            @Nullable String ties,
            @Nullable String licence) {
        ExportWish wish() {
            return new ExportWish(format, filter == null ? List.of() : filter, split, consensus, names, ties, licence);
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    DatasetExport request(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Asked asked) {
        return jobs.request(who, campaign, asked.wish());
    }

    @GetMapping
    List<DatasetExport> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return jobs.list(who, campaign, ExportJobs.MOST_LISTED);
    }

    @GetMapping("/{export}")
    DatasetExport export(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID export) {
        return jobs.find(who, campaign, export);
    }

    /**
     * The file, or a range of it. Whoever is given bytes of it stands in the audit log, each time. Ranges are read here and not
     * by the framework, which answers those that it cannot read with the whole file.
     */
    @GetMapping("/{export}/file")
    ResponseEntity<InputStreamResource> file(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID export,
            @RequestHeader(value = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(value = HttpHeaders.IF_RANGE, required = false) @Nullable String ifRange,
            ServletWebRequest request) {
        var made = jobs.finished(who, campaign, export);
        long bytes = Objects.requireNonNull(made.bytes());
        var tag = "\"" + made.sha256() + "\"";
        // also writes the tag into the answer
        if (request.checkNotModified(tag)) {
            var status = Objects.requireNonNull(request.getResponse()).getStatus();
            return ResponseEntity.status(status).build();
        }
        if (HttpMethod.HEAD.equals(request.getHttpMethod())) {
            jobs.requireFile(made);
            return described(HttpStatus.OK, made).contentLength(bytes).build();
        }
        var wanted = FileRange.of(range, ifRange, tag, bytes);
        if (wanted.isBeyondTheEnd()) {
            return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + bytes)
                    .build();
        }
        var content = jobs.take(who, campaign, made, wanted);
        var answer = described(wanted.partial() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK, made);
        if (wanted.partial()) {
            answer.header(HttpHeaders.CONTENT_RANGE, wanted.words(bytes));
        }
        return answer.contentLength(wanted.length()).body(new InputStreamResource(content));
    }

    private static ResponseEntity.BodyBuilder described(HttpStatus status, DatasetExport export) {
        var name = export.fileName();
        return ResponseEntity.status(status)
                .contentType(ExportController.type(name))
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(SHA256, String.valueOf(export.sha256()))
                .header(ExportController.LEFT_OUT, String.valueOf(export.leftOut()));
    }

    /** The first rows and the counts of an export with these options, without making it. */
    @GetMapping("/preview")
    ExportPreview preview(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(required = false) @Nullable List<String> filter,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(required = false) @Nullable String consensus,
            @RequestParam(required = false) @Nullable String names,
            @RequestParam(required = false) @Nullable String ties,
            @RequestParam(required = false) @Nullable String licence) {
        var words = filter == null ? List.<String>of() : filter;
        return previews.of(who, campaign, new ExportWish(format, words, split, consensus, names, ties, licence));
    }

    @PostMapping("/{export}/cancellation")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void cancel(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID export) {
        jobs.cancel(who, campaign, export);
    }

    @DeleteMapping("/{export}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID export) {
        jobs.delete(who, campaign, export);
    }
}
