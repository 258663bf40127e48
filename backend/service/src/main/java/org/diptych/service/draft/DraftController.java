package org.diptych.service.draft;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.ImportProblem;
import org.diptych.service.campaign.ImportWarning;
import org.diptych.service.download.CsvRow;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

/**
 * Campaigns to be, for programs of leads. With {@code If-Match}, a draft is changed only if it still is what the tag was
 * read with.
 */
@RestController
@RequestMapping("/api/v1/campaigns/drafts")
class DraftController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final CampaignDrafts drafts;
    private final PowerPlans plans;

    DraftController(CampaignDrafts drafts, PowerPlans plans) {
        this.drafts = drafts;
        this.plans = plans;
    }

    @GetMapping
    List<CampaignDraft> list(@AuthenticationPrincipal SignedIn who) {
        return drafts.list(who);
    }

    @PostMapping
    ResponseEntity<CampaignDraft> create(
            @AuthenticationPrincipal SignedIn who, @RequestBody(required = false) @Nullable DraftChoices choices) {
        return tagged(HttpStatus.CREATED, drafts.create(who, choices == null ? DraftChoices.FIRST : choices));
    }

    /** Folders of the server from which pairs can come. */
    @GetMapping("/folders")
    List<String> folders(@AuthenticationPrincipal SignedIn who) throws IOException {
        var folders = drafts.folders(who);
        return folders == null ? List.of() : folders;
    }

    @GetMapping("/{draft}")
    ResponseEntity<CampaignDraft> get(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft) {
        return tagged(HttpStatus.OK, drafts.get(who, draft));
    }

    @PutMapping("/{draft}")
    ResponseEntity<CampaignDraft> save(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID draft,
            @RequestHeader HttpHeaders headers,
            @RequestBody DraftChoices choices) {
        return tagged(HttpStatus.OK, drafts.save(who, draft, IfMatch.of(headers), choices));
    }

    @DeleteMapping("/{draft}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft) {
        drafts.discard(who, draft);
    }

    /** An archive, or with {@code pictures} a manifest whose pictures lie in that folder of the server. */
    @PutMapping(
            path = "/{draft}/pairs",
            consumes = {
                "!" + MediaType.APPLICATION_JSON_VALUE,
                "!" + MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                "!" + MediaType.MULTIPART_FORM_DATA_VALUE
            })
    ResponseEntity<CampaignDraft> send(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID draft,
            @RequestHeader HttpHeaders headers,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable String pictures,
            HttpServletRequest request)
            throws IOException {
        return tagged(
                HttpStatus.ACCEPTED,
                drafts.bring(who, draft, IfMatch.of(headers), name, pictures, request.getInputStream()));
    }

    @PutMapping(path = "/{draft}/pairs", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CampaignDraft> name(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID draft,
            @RequestHeader HttpHeaders headers,
            @RequestBody Folder wanted)
            throws IOException {
        return tagged(HttpStatus.ACCEPTED, drafts.bring(who, draft, IfMatch.of(headers), wanted.folder()));
    }

    /** A folder of the server. */
    record Folder(String folder) {}

    /** What the check of the pairs has found, as a table. */
    @GetMapping("/{draft}/problems.csv")
    ResponseEntity<String> problems(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft) {
        var checked = drafts.get(who, draft).checked();
        if (checked == null) {
            throw Problem.conflict("not_checked", "The pairs have not been checked. Check them first.");
        }
        var rows = new StringBuilder(CsvRow.of("line", "field", "outcome", "message"));
        checked.report()
                .problems()
                .forEach(each -> rows.append(CsvRow.of(each.line(), each.field(), "rejected", each.message())));
        checked.report()
                .warnings()
                .forEach(each -> rows.append(CsvRow.of(each.line(), each.field(), "warning", each.message())));
        rest(
                rows,
                checked.report().rejected(),
                checked.report().problems().stream().map(ImportProblem::line),
                "rejected");
        rest(
                rows,
                checked.report().warned(),
                checked.report().warnings().stream().map(ImportWarning::line),
                "warning");
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"problems.csv\"")
                .body(rows.toString());
    }

    /** Says how many rows of the manifest have no line here: only the first problems are kept. */
    private static void rest(StringBuilder rows, long all, Stream<Integer> lines, String outcome) {
        long more = all - lines.distinct().count();
        if (more > 0) {
            rows.append(CsvRow.of(
                    "", "", outcome, more + " more rows. Only the first are listed; mend them and check again."));
        }
    }

    @PostMapping("/{draft}/check")
    ResponseEntity<CampaignDraft> check(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID draft, @RequestHeader HttpHeaders headers) {
        return tagged(HttpStatus.ACCEPTED, drafts.check(who, draft, IfMatch.of(headers)));
    }

    @PostMapping("/{draft}/launch")
    ResponseEntity<CampaignDraft> launch(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID draft, @RequestHeader HttpHeaders headers) {
        return tagged(HttpStatus.ACCEPTED, drafts.launch(who, draft, IfMatch.of(headers)));
    }

    /** Handed out once, to who launched the draft. */
    @PostMapping("/{draft}/passwords")
    List<FirstPassword> passwords(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft) {
        return drafts.passwords(who, draft).stream()
                .map(made -> new FirstPassword(made.account().name(), made.password()))
                .toList();
    }

    /** The only copy of the password of an account that was made. */
    record FirstPassword(String name, String password) {}

    @PostMapping("/{draft}/power-plans")
    @ResponseStatus(HttpStatus.ACCEPTED)
    PowerReading plan(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft, @RequestBody PowerWish wish) {
        return plans.begin(who, draft, wish);
    }

    @GetMapping("/{draft}/power-plans/{plan}")
    PowerReading plan(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft, @PathVariable UUID plan) {
        return plans.get(who, draft, plan);
    }

    @DeleteMapping("/{draft}/power-plans/{plan}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@AuthenticationPrincipal SignedIn who, @PathVariable UUID draft, @PathVariable UUID plan) {
        plans.cancel(who, draft, plan);
    }

    private static ResponseEntity<CampaignDraft> tagged(HttpStatus status, CampaignDraft draft) {
        return ResponseEntity.status(status).eTag(draft.tag()).body(draft);
    }
}
