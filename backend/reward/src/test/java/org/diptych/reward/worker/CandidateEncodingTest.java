package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;
import org.diptych.reward.worker.CandidateEncoding.Candidate;
import org.diptych.service.reward.SetAsideCandidates.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network gives the logarithm of 0.9 less the mean colour, which is not a number for white. */
class CandidateEncodingTest {
    @TempDir
    private Path folder;

    private EditEncoder encoder = new Constant(0);

    @AfterEach
    void release() {
        encoder.close();
    }

    @Test
    void features_come_in_the_order_of_the_candidates() throws IOException {
        open();
        var candidates = IntStream.range(0, 11)
                .mapToObj(i -> candidate("source-" + i / 3, Integer.toString(20 * i)))
                .toList();
        var results = new CandidateEncoding(CandidateEncodingTest::grey, encoder).encode(candidates);
        assertThat(results).hasSize(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            assertThat(features(results.get(i)))
                    .containsExactly(encoder.encode(
                            grey("source"), grey(candidates.get(i).image()), ""));
        }
    }

    @Test
    void a_feature_that_is_not_a_number_is_the_candidates_and_stops_no_other() throws IOException {
        open();
        var results = new CandidateEncoding(CandidateEncodingTest::grey, encoder)
                .encode(List.of(candidate("source", "1"), candidate("source", "255"), candidate("source", "2")));
        assertThat(features(results.get(0))).isNotEmpty();
        assertThat(results.get(1)).isInstanceOfSatisfying(Encoded.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Cause.REFUSED);
            assertThat(refused.reason()).contains("NaN");
        });
        assertThat(features(results.get(2))).isNotEmpty();
    }

    @Test
    void numbers_of_any_encoder_are_checked() {
        var infinite = new Constant(Float.POSITIVE_INFINITY);
        assertThat(new CandidateEncoding(CandidateEncodingTest::grey, infinite)
                        .encode(List.of(candidate("source", "1"))))
                .containsExactly(new Encoded.Refused(Cause.REFUSED, "feature 0 is Infinity"));
    }

    @Test
    void a_picture_that_is_gone_is_the_candidates() {
        var results = new CandidateEncoding(
                        name -> {
                            if (name.equals("9")) {
                                throw new NoSuchFileException("picture 9 is not in the store");
                            }
                            return grey(name);
                        },
                        encoder)
                .encode(List.of(candidate("source", "9"), candidate("source", "1")));
        assertThat(results.getFirst())
                .isEqualTo(new Encoded.Refused(
                        Cause.UNREADABLE, "picture 9 cannot be read: picture 9 is not in the store"));
        assertThat(features(results.getLast())).containsExactly(0);
    }

    @Test
    void a_source_that_is_gone_is_named_by_all_its_candidates() {
        var results = new CandidateEncoding(
                        name -> {
                            if (name.equals("source")) {
                                throw new IOException("bad sectors");
                            }
                            return grey(name);
                        },
                        encoder)
                .encode(List.of(candidate("source", "1"), candidate("source", "2"), candidate("source-2", "3")));
        assertThat(results.subList(0, 2))
                .containsOnly(new Encoded.Refused(Cause.UNREADABLE, "picture source cannot be read: bad sectors"));
        assertThat(features(results.getLast())).containsExactly(0);
    }

    private static float[] features(Encoded encoded) {
        return ((Encoded.Features) encoded).values();
    }

    private void open() throws IOException {
        try (var stream = EncoderConfiguration.class.getResourceAsStream("white-is-nan.pt")) {
            Files.copy(Objects.requireNonNull(stream), folder.resolve("white-is-nan.pt"));
        }
        encoder = EncoderConfiguration.open(Files.writeString(folder.resolve("encoder.json"), """
                {"encoder": "exported", "image": "white-is-nan.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}"""));
    }

    private static Candidate candidate(String source, String image) {
        return new Candidate(UUID.randomUUID(), source, image, "");
    }

    /** A plain picture of the level that its name says; sources are black. */
    private static BufferedImage grey(String name) {
        int level = name.startsWith("source") ? 0 : Integer.parseInt(name);
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, new Color(level, level, level).getRGB());
        }
        return image;
    }

    private record Constant(float value) implements EditEncoder {
        @Override
        public String encoderId() {
            return "constant";
        }

        @Override
        public FeatureLayout layout() {
            return FeatureLayout.of("constant", Kind.CHANGE, 1);
        }

        @Override
        public float[] encode(BufferedImage source, BufferedImage edited, String instruction) {
            return new float[] {value};
        }

        @Override
        public void close() {}
    }
}
