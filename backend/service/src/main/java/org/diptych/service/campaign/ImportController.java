package org.diptych.service.campaign;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes a zip archive of a manifest and its pictures. What browsers and programs call a zip file differs by system, so the
 * content decides; only forms are refused, whose content is gone by then.
 */
@RestController
class ImportController {
    private final CampaignImport imports;

    ImportController(CampaignImport imports) {
        this.imports = imports;
    }

    @PostMapping(
            path = "/api/v1/imports",
            consumes = {"!" + MediaType.APPLICATION_FORM_URLENCODED_VALUE, "!" + MediaType.MULTIPART_FORM_DATA_VALUE})
    ResponseEntity<ImportReport> importArchive(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String campaign,
            @RequestParam(required = false) @Nullable String protocol,
            @RequestParam(required = false) @Nullable Integer labelsPerPair,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean strict,
            HttpServletRequest request)
            throws IOException {
        var report = imports.importArchive(
                who, new ImportRequest(campaign, protocol, labelsPerPair, dryRun, strict), request.getInputStream());
        return ResponseEntity.status(report.refused() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK)
                .body(report);
    }
}
