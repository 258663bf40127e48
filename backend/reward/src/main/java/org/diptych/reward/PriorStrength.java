package org.diptych.reward;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * How strongly the prior holds the weights of a head: the standard deviation that each kind of feature may add to mu before any label
 * is seen. Within a block it is shared out evenly.
 *
 * @param name for the model card
 * @param deviations per kind of feature
 */
public record PriorStrength(String name, Map<Kind, Double> deviations) {

    /** What the estimates from scripted edits may add, however little the campaign's own labels have shown so far. */
    private static final double EXPERIENCE = 2;

    public PriorStrength {
        deviations = Map.copyOf(deviations);
    }

    /**
     * The strengths that cross-validation chooses from, per dimension: how much all features may say, and how much of it may hang on the
     * instruction. Visual quality ends up with little text, instruction following with much.
     */
    static List<PriorStrength> candidates() {
        return List.of(0.1, 0.25, 0.6, 1.2).stream()
                .flatMap(base -> List.of(
                        of("plain", base, 1, 1, 0.05, 0.05, 0.02),
                        of("match", base, 0.6, 0.5, 2.5, 0.2, 0.15),
                        of("meaning", base, 0.8, 0.8, 2.5, 0.5, 0.7))
                        .stream())
                .toList();
    }

    private static PriorStrength of(
            String name,
            double base,
            double change,
            double deep,
            double match,
            double instruction,
            double interaction) {
        var deviations = new EnumMap<Kind, Double>(Kind.class);
        deviations.put(Kind.QUALITY, base);
        deviations.put(Kind.CHANGE, base * change);
        deviations.put(Kind.DEEP, base * deep);
        deviations.put(Kind.MATCH, base * match);
        deviations.put(Kind.EXPERIENCE, EXPERIENCE);
        deviations.put(Kind.INSTRUCTION, base * instruction);
        deviations.put(Kind.INTERACTION, base * interaction);
        return new PriorStrength("%s x %s".formatted(name, base), deviations);
    }

    /** The root mean square of the candidates' deviations: what is believed of a weight before any label. */
    static float[] beforeLabels(FeatureLayout layout) {
        var candidates = candidates();
        float[] scale = new float[layout.dimension()];
        for (var candidate : candidates) {
            float[] one = candidate.perFeature(layout);
            for (int i = 0; i < scale.length; i++) {
                scale[i] += one[i] * one[i] / candidates.size();
            }
        }
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (float) Math.sqrt(scale[i]);
        }
        return scale;
    }

    /** The prior deviation of every single weight. */
    float[] perFeature(FeatureLayout layout) {
        float[] scale = new float[layout.dimension()];
        int offset = 0;
        for (var block : layout.blocks()) {
            double deviation = Lookup.of(deviations, block.kind(), "The prior deviation of features of the kind")
                    / Math.sqrt(block.size());
            for (int i = 0; i < block.size(); i++) {
                scale[offset++] = (float) deviation;
            }
        }
        return scale;
    }
}
