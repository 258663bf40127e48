package org.diptych.service.campaign;

import org.diptych.service.image.PictureMeasured;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps items' tasks true when it turns out what their pictures show. */
@Component
class ItemTasks {
    private final JdbcClient jdbc;

    ItemTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void pictureMeasured(PictureMeasured picture) {
        jdbc.sql("""
                        UPDATE item SET task_sha256 = task_of(id)
                        WHERE task_sha256 IS NOT NULL AND id IN (
                            SELECT id FROM item WHERE source_sha256 = :picture
                            UNION ALL SELECT item_id FROM candidate WHERE image_sha256 = :picture)""").param("picture", picture.sha256()).update();
    }
}
