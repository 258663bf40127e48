package org.diptych.reward;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
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

    /** What the estimates from scripted edits may add where they are followed, however few the labels. */
    private static final double EXPERIENCE = 2;

    public PriorStrength {
        deviations = Map.copyOf(deviations);
    }

    /**
     * The strengths that cross-validation chooses from, per dimension: how much all features may say, how much of it may hang on the
     * instruction, and whether to follow the estimates from scripted edits at all. Visual quality ends up with little text,
     * instruction following with much. On edits unlike the scripted ones the estimates mislead, which the first labels show
     * ({@code src/docs/decisions/0057-experience-by-evidence.md}).
     *
     * @param layout the choice without experience is offered only where there is some
     */
    static List<PriorStrength> candidates(FeatureLayout layout) {
        var candidates = new ArrayList<PriorStrength>();
        for (double base : new double[] {0.1, 0.25, 0.6, 1.2}) {
            candidates.add(of(Shape.PLAIN, base, EXPERIENCE));
            candidates.add(of(Shape.MATCH, base, EXPERIENCE));
            candidates.add(of(Shape.MEANING, base, EXPERIENCE));
        }
        if (layout.blocks().stream().anyMatch(block -> block.kind() == Kind.EXPERIENCE)) {
            // fewer: every candidate is fitted on every fold
            for (double base : new double[] {0.25, 0.8}) {
                candidates.add(of(Shape.PLAIN, base, 0));
                candidates.add(of(Shape.MATCH, base, 0));
                candidates.add(of(Shape.MEANING, base, 0));
            }
        }
        return List.copyOf(candidates);
    }

    /** How deviations relate to those of {@link Kind#QUALITY}: what a head listens to. */
    private enum Shape {
        PLAIN(1, 1, 0.05, 0.05, 0.02),
        MATCH(0.6, 0.5, 2.5, 0.2, 0.15),
        MEANING(0.8, 0.8, 2.5, 0.5, 0.7);

        private final double change;
        private final double deep;
        private final double match;
        private final double instruction;
        private final double interaction;

        Shape(double change, double deep, double match, double instruction, double interaction) {
            this.change = change;
            this.deep = deep;
            this.match = match;
            this.instruction = instruction;
            this.interaction = interaction;
        }
    }

    private static PriorStrength of(Shape shape, double base, double experience) {
        var deviations = new EnumMap<Kind, Double>(Kind.class);
        deviations.put(Kind.QUALITY, base);
        deviations.put(Kind.CHANGE, base * shape.change);
        deviations.put(Kind.DEEP, base * shape.deep);
        deviations.put(Kind.MATCH, base * shape.match);
        deviations.put(Kind.EXPERIENCE, experience);
        deviations.put(Kind.INSTRUCTION, base * shape.instruction);
        deviations.put(Kind.INTERACTION, base * shape.interaction);
        var name = "%s x %s%s"
                .formatted(shape.name().toLowerCase(Locale.ROOT), base, experience == 0 ? " without experience" : "");
        return new PriorStrength(name, deviations);
    }

    /** The root mean square of the candidates' deviations: what is believed of a weight before any label. */
    static float[] beforeLabels(FeatureLayout layout) {
        var candidates = candidates(layout);
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
