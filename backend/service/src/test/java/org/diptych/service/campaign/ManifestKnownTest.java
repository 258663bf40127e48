package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.ProtocolDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestKnownTest {
    private static final Protocol RATING =
            ProtocolDocument.bundled("edit-preference-v1").protocol();
    private static final Protocol COMPARISON =
            ProtocolDocument.bundled("edit-comparison-v1").protocol();

    private static ManifestReader.ParsedRow parse(Protocol protocol, String known) {
        var row = """
                {"id": "a", "instruction": "i", "source": "s.png", "note": 1, "known": %s, "candidates": [
                {"model": "m", "image": "0.png"}, {"model": "m", "image": "1.png"}, {"model": "m", "image": "2.png"}]}""".replace("\n", " ").formatted(known);
        return ManifestRowParser.parse(7, row, 64, protocol);
    }

    private static ManifestRow good(Protocol protocol, String known) {
        var parsed = parse(protocol, known);
        assertThat(parsed.problems()).isEmpty();
        return Objects.requireNonNull(parsed.row());
    }

    private static ManifestKnown known(ManifestRow row) {
        return Objects.requireNonNull(row.known());
    }

    @Test
    void ratings_of_the_candidates_give_the_answers_to_all_pairs() {
        var row = good(RATING, """
                {"use": "gold", "reason": "Look at the sky.", "ratings": [
                {"instruction_following": 4, "visual_quality": 3}, {"instruction_following": 2, "visual_quality": 3},
                {"instruction_following": 1, "visual_quality": 4}]}""");
        assertThat(known(row).use()).isEqualTo(KnownUse.GOLD);
        assertThat(known(row).pairs())
                .extracting(ManifestKnown.Pair::first, ManifestKnown.Pair::second)
                .containsExactly(tuple(0, 1), tuple(0, 2), tuple(1, 2));
        assertThat(known(row).pairs().get(1).answers())
                .isEqualTo(Map.of(
                        "instruction_following", Map.of("first", 4, "second", 1),
                        "visual_quality", Map.of("first", 3, "second", 4)));
        assertThat(known(row).pairs().getFirst().reason()).isEqualTo(Map.of("en", "Look at the sky."));
    }

    @Test
    void a_pair_written_the_other_way_round_is_turned_into_stored_order() {
        var row = good(COMPARISON, """
                {"use": "qualification", "pairs": [{"first": 2, "second": 0, "reason": {"en": "Why.", "zh": "原因。"},
                "answers": {"instruction_following": "first_much", "visual_quality": "tie"}}]}""");
        assertThat(known(row).pairs())
                .containsExactly(new ManifestKnown.Pair(
                        0,
                        2,
                        Map.of("instruction_following", "second_much", "visual_quality", "tie"),
                        Map.of("en", "Why.", "zh", "原因。")));
    }

    @Test
    void nothing_of_it_becomes_metadata_and_a_row_without_it_is_as_before() {
        var row = good(RATING, "null");
        assertThat(row.known()).isNull();
        assertThat(row.metadata().toString()).isEqualTo("{\"note\":1}");
        var gold = good(COMPARISON, """
                {"use": "gold", "pairs": [{"first": 0, "second": 1,
                "answers": {"instruction_following": "tie", "visual_quality": "tie"}}]}""");
        assertThat(gold.metadata().toString()).isEqualTo("{\"note\":1}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[1]`|known|an object",
                "`{\"use\": \"exam\", \"pairs\": [{}]}`|known.use|\"qualification\" or \"gold\"",
                "`{\"use\": \"gold\"}`|known|either pairs or ratings",
                "`{\"use\": \"gold\", \"rating\": [], \"pairs\": []}`|known.rating|spelling",
                "`{\"use\": \"gold\", \"pairs\": []}`|known.pairs|at least one",
                "`{\"use\": \"gold\", \"pairs\": [{\"first\": 0, \"second\": 3}]}`|known.pairs[0].second|0 to 2",
                "`{\"use\": \"gold\", \"pairs\": [{\"first\": 0, \"second\": 1}]}`|known.pairs[0].answers|each dimension",
                "`{\"use\": \"gold\", \"ratings\": [{}]}`|known.ratings|each of the 3",
                "`{\"use\": \"gold\", \"ratings\": [{\"instruction_following\": 9}, {}, {}]}`"
                        + "|known.ratings[0].instruction_following|from 1 to 4",
                "`{\"use\": \"gold\", \"reason\": 3, \"ratings\": [{}, {}, {}]}`|known.reason|by language"
            })
    void mistakes_are_named_by_line_and_field(String known, String field, String message) {
        var parsed = parse(RATING, known);
        assertThat(parsed.row()).isNull();
        assertThat(parsed.problems()).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void answers_must_fit_the_protocol() {
        var stars = parse(COMPARISON, "{\"use\": \"gold\", \"ratings\": [{}, {}, {}]}");
        assertThat(stars.problems())
                .extracting(ImportProblem::field, ImportProblem::message)
                .containsExactly(
                        tuple("known.ratings", "protocol edit-comparison-v1 asks for comparisons; give pairs"));
        var half = parse(RATING, """
                {"use": "gold", "pairs": [{"first": 0, "second": 1,
                "answers": {"instruction_following": {"first": 1, "second": 2}}}]}""");
        assertThat(half.problems())
                .extracting(ImportProblem::field)
                .isEqualTo(List.of("known.pairs[0].answers.visual_quality"));
        var twice = parse(COMPARISON, """
                {"use": "gold", "pairs": [
                {"first": 0, "second": 1, "answers": {"instruction_following": "tie", "visual_quality": "tie"}},
                {"first": 1, "second": 0, "answers": {"instruction_following": "tie", "visual_quality": "tie"}}]}""");
        assertThat(twice.problems()).extracting(ImportProblem::field).isEqualTo(List.of("known.pairs[1]"));
    }
}
