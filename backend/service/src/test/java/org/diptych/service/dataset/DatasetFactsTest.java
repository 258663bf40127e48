package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a card says of facts that no small campaign has. */
@NullUnmarked
class DatasetFactsTest {
    static DatasetFacts facts(String campaign) {
        return facts(campaign, 12, 4, 0);
    }

    private static DatasetFacts facts(String campaign, long pairs, long annotators, long simulated) {
        return new DatasetFacts(
                campaign,
                pairs,
                pairs,
                0,
                annotators,
                simulated,
                1,
                1,
                LocalDate.of(2026, 1, 2),
                LocalDate.of(2026, 2, 3),
                Map.of("uniform", pairs),
                List.of(),
                List.of(ProtocolDocument.bundled("edit-preference-v1")),
                0,
                0,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "999, n<1K",
        "1000, 1K<n<10K",
        "10000, 10K<n<100K",
        "100000, 100K<n<1M",
        "999999, 100K<n<1M",
        "1000000, 1M<n<10M"
    })
    void sizes_are_the_hubs(long pairs, String size) {
        assertThat(matter(facts("Cats", pairs, 4, 0), "MIT").get("size_categories"))
                .isEqualTo(List.of(size));
    }

    @Test
    void people_and_programs_are_both_named() {
        assertThat(matter(facts("Cats", 12, 4, 0), "MIT").get("annotations_creators"))
                .isEqualTo(List.of("expert-generated"));
        assertThat(matter(facts("Cats", 12, 4, 1), "MIT").get("annotations_creators"))
                .isEqualTo(List.of("expert-generated", "machine-generated"));
        assertThat(matter(facts("Cats", 12, 4, 4), "MIT").get("annotations_creators"))
                .isEqualTo(List.of("machine-generated"));
    }

    @Test
    void a_licence_of_the_teams_own_goes_by_its_name_and_any_campaign_name_is_valid_yaml() {
        var name = "cats: \"a\" # {b} \u2028 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80";
        var matter = matter(facts(name, 12, 4, 0), "LicenseRef-Research-Only");

        assertThat(matter.get("pretty_name")).isEqualTo(name);
        assertThat(matter.get("license")).isEqualTo("other");
        assertThat(matter.get("license_name")).isEqualTo("research-only");
    }

    private static Map<?, ?> matter(DatasetFacts facts, String licence) {
        var options = ExportOptions.of(ExportFormat.PARQUET, List.of(), null, null, null, null, licence);
        try (var archive = new Archive(new ByteArrayOutputStream())) {
            return ExportFixture.frontMatter(
                    new DatasetCard(new DatasetTexts(facts, options, false, 0), archive.files()).text());
        }
    }
}
