package org.diptych.service.campaign;

import java.io.OutputStream;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.download.Downloads;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells a lead which stored picture belongs to which candidate of the manifest. */
@RestController
class CandidateController {
    private static final int ROWS_AT_A_TIME = 1_000;

    private final JdbcTemplate streaming;
    private final TransactionTemplate transaction;
    private final CampaignAccess access;
    private final Downloads downloads;
    private final JsonMapper json;

    CandidateController(
            JdbcTemplate template,
            PlatformTransactionManager transactions,
            CampaignAccess access,
            Downloads downloads,
            JsonMapper json) {
        streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        streaming.setFetchSize(ROWS_AT_A_TIME);
        // without one the driver reads all rows at once
        transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
        this.access = access;
        this.downloads = downloads;
        this.json = json;
    }

    /** One JSON line a candidate: item, image path as in the manifest, digest of the stored picture. */
    @GetMapping("/api/v1/campaigns/{campaign}/candidates")
    ResponseEntity<StreamingResponseBody> candidates(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireLead(who, campaign);
        return downloads.answer(
                who,
                MediaType.APPLICATION_NDJSON,
                stream -> transaction.executeWithoutResult(_ -> write(campaign, stream)));
    }

    private void write(UUID campaign, OutputStream stream) {
        try (var out = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            streaming.query(
                    """
                    SELECT i.external_id, c.path, c.image_sha256 FROM candidate c JOIN item i ON i.id = c.item_id
                    WHERE c.campaign_id = ? ORDER BY i.external_id, c.ordinal""",
                    row -> {
                        out.writeStartObject();
                        out.writeStringProperty("item", row.getString("external_id"));
                        out.writeStringProperty("image", row.getString("path"));
                        out.writeStringProperty("sha256", row.getString("image_sha256"));
                        out.writeEndObject();
                        out.writeRaw('\n');
                    },
                    campaign);
        }
    }
}
