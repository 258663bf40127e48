package org.diptych.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.protocol.ProtocolChange.Change;
import org.diptych.service.protocol.ProtocolChange.Kind;
import org.diptych.service.protocol.ProtocolChange.Part;
import org.diptych.service.protocol.ProtocolChange.Run;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProtocolComparisonTest {
    private static final ProtocolDocument FIRST = ProtocolDocument.bundled("edit-preference-v1");

    private static ProtocolChange change(String word, String by, String language) {
        return ProtocolComparison.of(FIRST, ProtocolDocument.parse(ProtocolVersions.of(2, word, by)), language);
    }

    @Test
    void nothing_changed_between_a_version_and_itself() {
        assertThat(ProtocolComparison.of(FIRST, FIRST, "en").sections()).isEmpty();
    }

    @Test
    void a_changed_word_of_the_guideline_is_marked_under_its_heading() {
        var change =
                change("A small unrequested change costs one level", "A small unrequested change costs nothing", "en");
        assertThat(change.from().reference()).isEqualTo("edit-preference-v1");
        assertThat(change.to().reference()).isEqualTo("edit-preference-v2");
        assertThat(change.sections()).singleElement().satisfies(section -> {
            assertThat(section.part()).isEqualTo(Part.GUIDELINE);
            assertThat(section.title()).isEqualTo("Instruction following");
            assertThat(section.change()).isEqualTo(Change.CHANGED);
            assertThat(section.runs())
                    .filteredOn(run -> run.kind() != Kind.SAME)
                    .containsExactly(new Run(Kind.DELETED, "one level"), new Run(Kind.INSERTED, "nothing"));
        });
    }

    @Test
    void each_language_shows_its_own_words() {
        assertThat(change("轻微的多余改动扣一级", "轻微的多余改动扣两级", "en").sections()).isEmpty();
        assertThat(change("轻微的多余改动扣一级", "轻微的多余改动扣两级", "zh").sections())
                .singleElement()
                .satisfies(section -> assertThat(section.runs())
                        .filteredOn(run -> run.kind() != Kind.SAME)
                        .containsExactly(new Run(Kind.DELETED, "一"), new Run(Kind.INSERTED, "两")));
    }

    @Test
    void levels_criteria_reasons_examples_and_rules_are_compared_each_in_its_place() {
        assertThat(parts("Severe artefacts or an incoherent picture", "Severe artefacts"))
                .containsExactly(Part.LEVEL);
        assertThat(parts("Every part of the instruction was carried out", "All of it was done"))
                .containsExactly(Part.CRITERION);
        assertThat(parts("I cannot judge this one", "I cannot judge this pair")).containsExactly(Part.SKIP_REASON);
        assertThat(parts("One of the two eyes was missed", "An eye was missed")).containsExactly(Part.EXAMPLE);
        assertThat(parts(
                        "{instruction_following: 3, visual_quality: 4}",
                        "{instruction_following: 2, visual_quality: 4}"))
                .containsExactly(Part.EXAMPLE_ANSWER);
        assertThat(parts("both_bad_at_most: 1", "both_bad_at_most: 2")).containsExactly(Part.RULE);
        assertThat(parts("All of what was asked, and nothing else changed", "All of what was asked"))
                .containsExactly(Part.DIMENSION);
    }

    private static List<Part> parts(String word, String by) {
        return change(word, by, "en").sections().stream()
                .map(ProtocolChange.Section::part)
                .toList();
    }

    @Test
    void a_new_place_is_added_and_a_missing_one_removed() {
        assertThat(change("## When to skip", "## When to pass", "en").sections())
                .extracting(ProtocolChange.Section::title, ProtocolChange.Section::change)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("When to pass", Change.ADDED),
                        org.assertj.core.groups.Tuple.tuple("When to skip", Change.REMOVED));
    }

    @RepeatedTest(1000)
    void the_woven_text_holds_both_texts_whole(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var before = text(random);
        var after = text(random);
        var runs = TextComparison.of(before, after);
        assertThat(text(runs, Kind.DELETED)).isEqualTo(before);
        assertThat(text(runs, Kind.INSERTED)).isEqualTo(after);
    }

    /** Few letters, so that texts have words in common; often empty or short. */
    private static String text(SplittableRandom random) {
        int length = random.nextInt(1 + random.nextInt(200));
        return random.ints(length, 0, 4)
                .mapToObj(letter -> "abc ".substring(letter, letter + 1))
                .collect(Collectors.joining());
    }

    private static String text(List<Run> runs, Kind kind) {
        return runs.stream()
                .filter(run -> run.kind() == Kind.SAME || run.kind() == kind)
                .map(Run::text)
                .collect(Collectors.joining());
    }
}
