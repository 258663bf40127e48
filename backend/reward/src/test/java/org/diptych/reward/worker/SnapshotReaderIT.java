package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.image.ObjectStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WorkerTest
class SnapshotReaderIT {
    @Autowired
    SnapshotReader reader;

    @Autowired
    SnapshotService snapshots;

    @Autowired
    ObjectStore store;

    @Autowired
    JdbcClient jdbc;

    @Test
    void one_photo_in_two_formats_is_one_group_that_no_split_separates() throws Exception {
        var campaign = new EditCampaign(jdbc, store).items(4, 4).labelAllBut(0).id;
        jdbc.sql("""
                        UPDATE image SET pixels_sha256 = repeat('ab', 32) WHERE sha256 IN (
                            SELECT source_sha256 FROM item WHERE campaign_id = ? ORDER BY external_id LIMIT 2)""").param(campaign).update();
        var labels = reader.labels(snapshots.freeze(campaign).id());
        assertThat(labels.stream().map(LabelledPair::source).distinct()).hasSize(4);
        assertThat(labels.stream().map(LabelledPair::group).distinct())
                .hasSize(3)
                .contains("ab".repeat(32));
    }
}
