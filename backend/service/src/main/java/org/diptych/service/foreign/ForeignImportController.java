package org.diptych.service.foreign;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.ImportRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a zip archive of files of another tool, with the pictures that they name beside them. */
@RestController
@RequestMapping(
        path = "/api/v1/imports/foreign",
        consumes = {"!" + MediaType.APPLICATION_FORM_URLENCODED_VALUE, "!" + MediaType.MULTIPART_FORM_DATA_VALUE})
class ForeignImportController {
    private final ForeignImport imports;

    ForeignImportController(ForeignImport imports) {
        this.imports = imports;
    }

    @PostMapping
    ResponseEntity<ForeignReport> importArchive(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String campaign,
            @RequestParam String from,
            @RequestParam(required = false) @Nullable String mapping,
            @RequestParam(required = false) @Nullable String protocol,
            @RequestParam(required = false) @Nullable Integer labelsPerPair,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean strict,
            HttpServletRequest request)
            throws IOException {
        var given = mapping == null ? null : ImportMapping.read(mapping);
        var report = imports.importArchive(
                who,
                new ImportRequest(campaign, protocol, labelsPerPair, dryRun, strict),
                given == null ? Tool.of(from) : given.requireOf(Tool.of(from)),
                given,
                request.getInputStream());
        return ResponseEntity.status(report.refused() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK)
                .body(report);
    }

    /** The mapping that would be guessed; nothing is imported. */
    @PostMapping("/mapping")
    ImportMapping guess(@AuthenticationPrincipal SignedIn who, @RequestParam String from, HttpServletRequest request)
            throws IOException {
        return imports.guess(who, Tool.of(from), request.getInputStream());
    }
}
