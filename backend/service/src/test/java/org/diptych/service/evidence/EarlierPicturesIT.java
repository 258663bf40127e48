package org.diptych.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.ServiceTest;
import org.diptych.service.image.ImagePipeline;
import org.diptych.service.image.OldStore;
import org.diptych.service.image.PictureUpkeep;
import org.diptych.service.image.TestImages;
import org.diptych.service.image.WideColours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pictures that came in before the way from file to pixels was today's, and what was made of them. */
@ServiceTest
@Import(OldStore.class)
class EarlierPicturesIT {
    @Autowired
    OldStore old;

    @Autowired
    PictureUpkeep upkeep;

    @Autowired
    EvidenceService evidence;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;

    @BeforeEach
    void a_campaign_of_an_earlier_release() {
        lookAtAll();
        evidence.measurePending(() -> false);
        campaign = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256)
                        SELECT 'c' || gen_random_uuid(), min(sha256) FROM protocol RETURNING id""").query(UUID.class).single();
    }

    /** Every picture that waits, however many; what cannot be read waits for its next try. */
    private void lookAtAll() {
        while (upkeep.measureEarlier(() -> false) > 0) {}
    }

    /** An item with one candidate that is measured already, wrongly. */
    private UUID measured(String source, String edit) {
        var item = jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256, task_sha256)
                        VALUES (?, gen_random_uuid(), 'Change nothing.', ?, repeat('0', 64)) RETURNING id""").params(campaign, source).query(UUID.class).single();
        var candidate =
                jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                        VALUES (?, ?, 0, 'm', 'p', ?) RETURNING id""").params(campaign, item, edit).query(UUID.class).single();
        jdbc.sql("""
                        UPDATE candidate_evidence SET outcome = 'WHOLE_PICTURE', pipeline = 1, measured_at = now()
                        WHERE candidate_id = ?""").param(candidate).update();
        return candidate;
    }

    private String outcome(UUID candidate) {
        return jdbc.sql("SELECT outcome || ' ' || coalesce(pipeline, 0) FROM candidate_evidence WHERE candidate_id = ?")
                .param(candidate)
                .query(String.class)
                .single();
    }

    private int version(String picture) {
        return jdbc.sql("SELECT measured_by FROM image WHERE sha256 = ?")
                .param(picture)
                .query(Integer.class)
                .single();
    }

    @Test
    void what_was_measured_of_other_pixels_is_measured_again_by_itself() throws Exception {
        var wide = TestImages.sample("display-p3.png");
        var twin = TestImages.encode(WideColours.twin(TestImages.decode(wide)), "png");
        var before = old.add(wide, null);
        var plain = old.add(twin, null);
        var candidate = measured(before, plain);
        var untouched = measured(plain, plain);

        lookAtAll();

        assertThat(outcome(candidate)).isEqualTo("PENDING 1");
        assertThat(outcome(untouched)).as("its pixels are what they were").isEqualTo("WHOLE_PICTURE 1");
        assertThat(List.of(version(before), version(plain))).containsOnly(ImagePipeline.VERSION);
        evidence.measurePending(() -> false);
        assertThat(outcome(candidate)).isEqualTo("UNCHANGED " + ImagePipeline.VERSION);
        assertThat(upkeep.measureEarlier(() -> false)).isZero();
    }

    @Test
    void any_later_version_does_the_same_where_pixels_differ() throws Exception {
        var grey = TestImages.encode(TestImages.greyWithAlpha(80, 60), "png");
        var same = old.add(grey, old.pixels(grey));
        var other = old.add(TestImages.png(81, 61, 7), "e".repeat(64));
        var kept = measured(same, same);
        var again = measured(other, other);

        lookAtAll();

        assertThat(outcome(kept)).isEqualTo("WHOLE_PICTURE 1");
        assertThat(outcome(again)).isEqualTo("PENDING 1");
    }

    @Test
    void the_variants_are_made_anew_beside_the_old_ones() throws Exception {
        var grey = TestImages.greyWithAlpha(600, 400);
        for (int i = 0; i < 600 * 400; i++) {
            grey.getRaster().setPixel(i % 600, i / 600, new int[] {121, 255});
        }
        var picture = old.add(TestImages.encode(grey, "png"), null);
        old.addThumbnail(picture, TestImages.png(256, 171, 3));

        lookAtAll();

        assertThat(TestImages.decode(old.thumbnail(picture)).getRGB(100, 60)).isEqualTo(0xff797979);
    }

    @Test
    void a_picture_that_cannot_be_read_is_tried_three_times_and_holds_up_no_other() throws Exception {
        var damaged = old.add("no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8), null);
        var good = old.add(TestImages.png(82, 62, 9), null);
        var tries = new ArrayList<Integer>();
        for (int round = 0; round < 3; round++) {
            lookAtAll();
            tries.add(version(damaged));
            jdbc.sql("UPDATE image SET measure_after = now() WHERE sha256 = ?")
                    .param(damaged)
                    .update();
        }
        assertThat(tries).containsExactly(1, 1, ImagePipeline.VERSION);
        assertThat(version(good)).isEqualTo(ImagePipeline.VERSION);
    }

    @Test
    void a_task_is_recognised_once_the_pixels_are_known() throws Exception {
        var jpeg = TestImages.jpeg(90, 70, 5);
        var one = old.add(jpeg, null);
        var other = old.add(TestImages.encode(TestImages.decode(jpeg), "png"), null);
        measured(one, one);
        measured(other, other);

        lookAtAll();

        assertThat(jdbc.sql("SELECT DISTINCT task_sha256 FROM item WHERE campaign_id = ?")
                        .param(campaign)
                        .query(String.class)
                        .list())
                .hasSize(1)
                .doesNotContain("0".repeat(64));
    }
}
