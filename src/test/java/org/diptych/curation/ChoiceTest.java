package org.diptych.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final List<String> CATEGORIES = List.of("colour", "removal", "style");
    private static final Rules ALL = new Rules(null, null, false, Map.of(), 0, -1, null);

    @Test
    void never_more_than_wanted_no_quota_overrun_nothing_below_the_threshold_and_no_two_nearer_than_asked() {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            var candidates = candidates(random, 1 + random.nextInt(80));
            var rules = rules(random);
            var choice = Choice.of(candidates, rules);
            var chosen = chosen(candidates, choice);

            assertThat(chosen)
                    .hasSizeLessThanOrEqualTo(rules.top() == null ? Integer.MAX_VALUE : (int) (long) rules.top());
            assertThat(chosen).allMatch(candidate -> rules.atLeast() == null || candidate.mu() >= rules.atLeast());
            var ofCategory = new HashMap<String, Integer>();
            chosen.forEach(candidate -> ofCategory.merge(candidate.category(), 1, Integer::sum));
            rules.quotas()
                    .forEach((category, most) ->
                            assertThat(ofCategory.getOrDefault(category, 0)).isLessThanOrEqualTo(most));
            if (rules.bestOfItem()) {
                assertThat(chosen).extracting(Candidate::item).doesNotHaveDuplicates();
            }
            assertThat(chosen).extracting(Candidate::pictures).doesNotHaveDuplicates();
            for (var one : chosen) {
                for (var other : chosen) {
                    int distance = one.fingerprint().distance(other.fingerprint());
                    assertThat(one.equals(other)
                                    || (distance >= rules.diversity()
                                            && (distance > rules.duplicateDistance()
                                                    || !one.instruction().equals(other.instruction()))))
                            .isTrue();
                }
            }
            assertThat(choice.counts().values().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(candidates.size());
        }
    }

    @Test
    void the_same_candidates_in_another_order_give_the_same_subset() {
        var random = new Random(2);
        for (int round = 0; round < 100; round++) {
            var candidates = candidates(random, 60);
            var rules = rules(random);
            var ids = new HashSet<>(ids(candidates, Choice.of(candidates, rules)));
            var shuffled = new ArrayList<>(candidates);
            Collections.shuffle(shuffled, random);
            var renumbered = new ArrayList<Candidate>();
            for (var candidate : shuffled) {
                renumbered.add(with(candidate, renumbered.size()));
            }
            assertThat(ids(renumbered, Choice.of(renumbered, rules))).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void looking_in_parts_finds_what_looking_at_all_finds() {
        var random = new Random(3);
        for (int distance : new int[] {0, 1, 8, 15, 40}) {
            var index = new NearIndex(distance);
            var members = new ArrayList<Candidate>();
            for (var candidate : candidates(random, 200)) {
                var expected = members.stream()
                        .filter(member -> member.instruction().equals(candidate.instruction()))
                        .filter(member -> member.fingerprint().distance(candidate.fingerprint()) <= distance)
                        .findFirst()
                        .orElse(null);
                assertThat(index.near(candidate)).isSameAs(expected);
                index.add(candidate);
                members.add(candidate);
            }
        }
    }

    @Test
    void what_is_not_believed_to_be_better_than_what_it_shuts_out_is_left_out_and_not_replaced() {
        var candidates = List.of(
                candidate(0, "a", 3, 0.5),
                candidate(1, "b", 2.1, 0.5),
                candidate(2, "c", 2, 0.5),
                candidate(3, "d", 1, 0.5));
        var asked = Choice.of(candidates, new Rules(2L, null, false, Map.of(), 0, -1, 0.6));
        var whatever = Choice.of(candidates, new Rules(2L, null, false, Map.of(), 0, -1, null));

        // P(b > c) = Phi(0.1 / sqrt(0.5)) = 0.556
        assertThat(Choice.better(candidates.get(1), candidates.get(2))).isBetween(0.556, 0.557);
        assertThat(ids(candidates, asked)).containsExactly("a");
        assertThat(asked.outcome(1)).isEqualTo(new Choice.Outcome(Reason.UNCERTAIN, 2));
        assertThat(ids(candidates, whatever)).containsExactly("a", "b");
        assertThat(whatever.unsure()).isEqualTo(1);
    }

    @Test
    void of_each_instruction_one_stays_however_close_the_second_is_and_a_score_of_the_threshold_is_enough() {
        var candidates = List.of(
                with(candidate(0, "a", 2, 1), "item"),
                with(candidate(1, "b", 2, 1), "item"),
                candidate(2, "c", 1.9, 1));
        for (var certainty : new Double[] {null, 0.9}) {
            var best = Choice.of(candidates, new Rules(null, null, true, Map.of(), 0, -1, certainty));
            assertThat(ids(candidates, best)).containsExactly("a", "c");
            assertThat(best.unsure()).isEqualTo(1);
        }
        var enough = Choice.of(candidates, new Rules(null, 2.0, false, Map.of(), 0, -1, null));
        assertThat(ids(candidates, enough)).containsExactly("a", "b");
        assertThat(Choice.isRanked(candidates, ALL)).isFalse();
        assertThat(Choice.isRanked(List.of(candidate(0, "a", 3, 1), candidate(1, "b", 1, 1)), ALL))
                .isTrue();
    }

    @Test
    void what_a_full_quota_keeps_out_casts_no_doubt_on_another_category() {
        var candidates = List.of(
                of("colour", candidate(0, "a", 3, 0.1)),
                of("style", candidate(1, "b", 2, 0.1)),
                of("colour", candidate(2, "c", 2, 0.1)),
                of("style", candidate(3, "d", 1, 0.1)));
        var choice = Choice.of(candidates, new Rules(2L, null, false, Map.of("colour", 1), 0, -1, 0.6));
        assertThat(ids(candidates, choice)).containsExactly("a", "b");
        assertThat(choice.unsure()).isZero();
    }

    @Test
    void a_score_just_above_the_threshold_is_believed_only_with_little_doubt() {
        var candidates = List.of(candidate(0, "sure", 2.1, 0.01), candidate(1, "unsure", 2.1, 1));
        var choice = Choice.of(candidates, new Rules(null, 2.0, false, Map.of(), 0, -1, 0.6));
        assertThat(ids(candidates, choice)).containsExactly("sure");
        assertThat(choice.counts()).containsEntry(Reason.UNCERTAIN, 1L);
    }

    @Test
    void of_equals_the_first_by_id_is_chosen() {
        var candidates = List.of(candidate(0, "b", 1, 0), candidate(1, "a", 1, 0));
        assertThat(ids(candidates, Choice.of(candidates, new Rules(1L, null, false, Map.of(), 0, -1, null))))
                .containsExactly("a");
        assertThat(ids(candidates, Choice.of(candidates, ALL))).containsExactly("b", "a");
    }

    @Test
    void a_fingerprint_tells_edits_of_one_picture_apart_and_not_a_copy_of_one_in_half_the_size() {
        var source = Miniature.of(scene(256, null, 0));
        var red = Fingerprint.of(source, Miniature.of(scene(256, Color.RED, 40)));
        var green = Fingerprint.of(source, Miniature.of(scene(256, Color.GREEN, 40)));
        var elsewhere = Fingerprint.of(source, Miniature.of(scene(256, Color.RED, 150)));
        var smaller = Fingerprint.of(Miniature.of(scene(128, null, 0)), Miniature.of(scene(128, Color.RED, 40)));
        assertThat(red.distance(smaller)).isLessThanOrEqualTo(8);
        assertThat(red.distance(green)).isGreaterThan(8);
        assertThat(red.distance(elsewhere)).isGreaterThan(8);
        assertThat(Fingerprint.parse(red.toString())).isEqualTo(red);
    }

    @Test
    void small_edits_in_two_colours_and_edits_of_several_strengths_are_no_copies() {
        var source = Miniature.of(spot(1024, null, 0));
        var red = Fingerprint.of(source, Miniature.of(spot(1024, Color.RED, 64)));
        var blue = Fingerprint.of(source, Miniature.of(spot(1024, Color.BLUE, 64)));
        assertThat(red.distance(blue)).isLessThanOrEqualTo(8);
        assertThat(red.changesLike(blue)).isFalse();
        assertThat(red.changesLike(
                        Fingerprint.of(Miniature.of(spot(512, null, 0)), Miniature.of(spot(512, Color.RED, 32)))))
                .isTrue();
        var slightly = Fingerprint.of(source, Miniature.of(spot(1024, new Color(120, 120, 120), 1024)));
        var more = Fingerprint.of(source, Miniature.of(spot(1024, new Color(128, 128, 128), 1024)));
        assertThat(slightly.changesLike(more)).isFalse();
    }

    /** A flat picture with a square of a colour near its middle. */
    private static BufferedImage spot(int size, @Nullable Color colour, int side) {
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setColor(Color.GRAY.darker());
        graphics.fillRect(0, 0, size, size);
        if (colour != null) {
            graphics.setColor(colour);
            graphics.fillRect(
                    side == size ? 0 : size / 2 - side / 3, side == size ? 0 : size / 2 - side / 3, side, side);
        }
        graphics.dispose();
        return picture;
    }

    /** A scene of soft waves with a square of a colour at a place, drawn on a canvas of 256 whatever its size. */
    private static BufferedImage scene(int size, @Nullable Color colour, int at) {
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double u = 256.0 * x / size;
                double v = 256.0 * y / size;
                int grey = (int) (128 + 60 * Math.sin(u / 21) + 60 * Math.cos(v / 34 + u / 90));
                picture.setRGB(x, y, grey << 16 | grey << 8 | grey / 2);
            }
        }
        if (colour != null) {
            var graphics = picture.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(at * size / 256, at * size / 256, 64 * size / 256, 64 * size / 256);
            graphics.dispose();
        }
        return picture;
    }

    private static Rules rules(Random random) {
        return new Rules(
                random.nextBoolean() ? (long) random.nextInt(20) : null,
                random.nextBoolean() ? random.nextGaussian() : null,
                random.nextBoolean(),
                random.nextBoolean() ? Map.of("colour", random.nextInt(4), "style", random.nextInt(4)) : Map.of(),
                random.nextBoolean() ? random.nextInt(40) : 0,
                random.nextInt(12) - 1,
                random.nextBoolean() ? 0.5 + random.nextDouble() * 0.4 : null);
    }

    private static List<Candidate> candidates(Random random, int count) {
        var prints = new ArrayList<String>();
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < count; i++) {
            var print = prints.isEmpty() || random.nextInt(3) == 0
                    ? random.ints(Fingerprint.BITS / 4, 0, 16)
                            .mapToObj(Integer::toHexString)
                            .reduce("", String::concat)
                    : flipped(prints.get(random.nextInt(prints.size())), random);
            prints.add(print);
            candidates.add(new Candidate(
                    i,
                    "c" + i,
                    "item" + random.nextInt(1 + count / 3),
                    "instruction" + random.nextInt(2),
                    CATEGORIES.get(random.nextInt(CATEGORIES.size())),
                    "pictures" + random.nextInt(2 * count),
                    Math.round(random.nextGaussian() * 20) / 10.0,
                    random.nextDouble(),
                    print(print)));
        }
        return candidates;
    }

    private static String flipped(String print, Random random) {
        var digits = new StringBuilder(print);
        for (int i = random.nextInt(12); i > 0; i--) {
            int place = random.nextInt(print.length());
            digits.setCharAt(place, Integer.toHexString(random.nextInt(16)).charAt(0));
        }
        return digits.toString();
    }

    private static Candidate candidate(int ordinal, String id, double mu, double doubt) {
        return new Candidate(ordinal, id, id, id, null, id, mu, doubt, print("0".repeat(Fingerprint.BITS / 4)));
    }

    /** Of bits, with no change of colour. */
    private static Fingerprint print(String bits) {
        return Fingerprint.parse(bits + "0".repeat(Fingerprint.DIGITS - bits.length()));
    }

    private static Candidate of(String category, Candidate candidate) {
        return new Candidate(
                candidate.ordinal(),
                candidate.id(),
                candidate.item(),
                candidate.instruction(),
                category,
                candidate.pictures(),
                candidate.mu(),
                candidate.doubt(),
                candidate.fingerprint());
    }

    private static Candidate with(Candidate candidate, String item) {
        return new Candidate(
                candidate.ordinal(),
                candidate.id(),
                item,
                item,
                candidate.category(),
                candidate.pictures(),
                candidate.mu(),
                candidate.doubt(),
                candidate.fingerprint());
    }

    private static Candidate with(Candidate candidate, int ordinal) {
        return new Candidate(
                ordinal,
                candidate.id(),
                candidate.item(),
                candidate.instruction(),
                candidate.category(),
                candidate.pictures(),
                candidate.mu(),
                candidate.doubt(),
                candidate.fingerprint());
    }

    private static List<Candidate> chosen(List<Candidate> candidates, Choice choice) {
        return candidates.stream()
                .filter(candidate -> choice.outcome(candidate.ordinal()).reason() == Reason.CHOSEN)
                .toList();
    }

    private static List<String> ids(List<Candidate> candidates, Choice choice) {
        return chosen(candidates, choice).stream().map(Candidate::id).toList();
    }
}
