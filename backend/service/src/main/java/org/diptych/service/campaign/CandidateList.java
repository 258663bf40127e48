package org.diptych.service.campaign;

import java.io.OutputStream;
import java.util.UUID;
import org.diptych.service.database.Streaming;
import org.springframework.stereotype.Component;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a campaign's candidates, however many they are. */
@Component
class CandidateList {
    private final Streaming streaming;
    private final JsonMapper json;

    CandidateList(Streaming streaming, JsonMapper json) {
        this.streaming = streaming;
        this.json = json;
    }

    /** One JSON line a candidate, in the order of the items' names. */
    void write(UUID campaign, OutputStream stream) {
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
