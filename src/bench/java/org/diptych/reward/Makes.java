package org.diptych.reward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.Experience;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * Sets of edits by different tools on different photos, encoded by the embedded encoder with the shipped experience behind the features.
 *
 * @param sets by the name of the make, in the order given
 * @param layout of the features
 * @param names of the features
 */
record Makes(Map<String, EditSet> sets, FeatureLayout layout, List<String> names) {

    /**
     * Reads or encodes.
     *
     * @param work keeps the features without experience, so that another experience costs no encoding
     * @param makes NAME=FOLDER each
     */
    static Makes load(Path work, List<String> makes) throws IOException {
        Files.createDirectories(work);
        var sets = new LinkedHashMap<String, EditSet>();
        try (var encoder = EmbeddedEditEncoder.inexperienced()) {
            var names = new ArrayList<>(encoder.featureNames());
            var experience = Experience.of(
                    resource(Experience.WEIGHTS),
                    new String(resource(Experience.INPUTS), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
            int[] positions = experience.positions(names);
            for (var make : makes) {
                int at = make.indexOf('=');
                var name = make.substring(0, at);
                var set = EditSet.load(Path.of(make.substring(at + 1)), work.resolve("features-" + name), encoder);
                float[][] rows = set.features().clone();
                for (int row = 0; row < rows.length; row++) {
                    float[] opinion = experience.apply(rows[row], positions);
                    int width = rows[row].length;
                    rows[row] = Arrays.copyOf(rows[row], width + opinion.length);
                    System.arraycopy(opinion, 0, rows[row], width, opinion.length);
                }
                sets.put(name, new EditSet(set.items(), rows));
            }
            for (int output = 0; output < experience.outputs(); output++) {
                names.add(EmbeddedEditEncoder.EXPERIENCE + "." + output);
            }
            var blocks = new ArrayList<>(encoder.layout().blocks());
            blocks.add(new FeatureBlock(
                    EmbeddedEditEncoder.EXPERIENCE, FeatureBlock.Kind.EXPERIENCE, experience.outputs()));
            return new Makes(sets, new FeatureLayout(blocks), names);
        }
    }

    /** The set of a make. */
    EditSet set(String make) {
        return Objects.requireNonNull(sets.get(make), () -> "no make is called " + make);
    }

    /** Where the experience's levels stand in a row. */
    int experienceOffset() {
        return layout.offset(EmbeddedEditEncoder.EXPERIENCE);
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = Experience.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
