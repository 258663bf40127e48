package org.diptych.service.dataset;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How large an export will be, from counts. */
@Component
class ExportSize {
    /** Pictures whose length is looked at. */
    private static final int SOME_PICTURES = 1_000;

    private final JdbcClient jdbc;

    ExportSize(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** About how many rows of the database are read for it; null where nobody knows. */
    @Nullable
    Long rowsToRead(UUID campaign, ExportFormat format, ExportOptions options) {
        if (format == ExportFormat.REPLAY) {
            return null;
        }
        var condition = options.filter().condition();
        var labels = jdbc.sql("SELECT count(*) FROM "
                        + LabelledTasks.of(
                                format == ExportFormat.JSONL ? "label" : "current_label", options.filter(), "")
                        + condition.text())
                .params(condition.after(campaign))
                .query(Long.class)
                .single();
        return labels * format.passes(options);
    }

    /** The mean length of the campaign's pictures in bytes, from some of them. */
    double pictureBytes(UUID campaign) {
        return jdbc.sql("""
                        SELECT coalesce(avg(i.bytes), 0) FROM (SELECT sha256 FROM campaign_image WHERE campaign_id = ? LIMIT ?) drawn
                        JOIN image i USING (sha256)""").params(campaign, SOME_PICTURES).query(Double.class).single();
    }
}
