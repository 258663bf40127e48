package org.diptych.campaign;

import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.diptych.account.CampaignAccess;
import org.diptych.account.SignedIn;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** Tells a lead which stored picture belongs to which candidate of the manifest. */
@RestController
class CandidateController {
    private final JdbcTemplate jdbc;
    private final CampaignAccess access;
    private final JsonMapper json;

    CandidateController(JdbcTemplate jdbc, CampaignAccess access, JsonMapper json) {
        this.jdbc = jdbc;
        this.access = access;
        this.json = json;
    }

    /** One JSON line a candidate: item, image path as in the manifest, digest of the stored picture. */
    @GetMapping("/api/v1/campaigns/{campaign}/candidates")
    ResponseEntity<StreamingResponseBody> candidates(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        access.requireLead(who, campaign);
        StreamingResponseBody body = stream -> {
            var buffered = new BufferedOutputStream(stream);
            jdbc.query(
                    """
                    SELECT i.external_id, c.path, c.image_sha256 FROM candidate c JOIN item i ON i.id = c.item_id
                    WHERE c.campaign_id = ? ORDER BY i.external_id, c.ordinal""",
                    row -> {
                        var line = new LinkedHashMap<String, String>();
                        line.put("item", row.getString("external_id"));
                        line.put("image", row.getString("path"));
                        line.put("sha256", row.getString("image_sha256"));
                        try {
                            buffered.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    },
                    campaign);
            buffered.flush();
        };
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(body);
    }
}
