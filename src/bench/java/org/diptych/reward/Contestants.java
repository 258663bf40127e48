package org.diptych.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;

/** The reward model and the rules it is compared with; each sees the same training labels. */
final class Contestants {

    private static final int OVERALL = EditSet.DIMENSIONS.size();

    private final float[][] features;
    private final FeatureLayout layout;
    private final List<String> names;
    private final String encoderId;

    Contestants(float[][] features, FeatureLayout layout, List<String> names, String encoderId) {
        this.features = features;
        this.layout = layout;
        this.names = names;
        this.encoderId = encoderId;
    }

    /** Who takes part. */
    enum Arm {
        /** The most frequent verdict of the training labels, whatever the pair. */
        MAJORITY_VERDICT,
        /** The edit with the higher structural similarity to its source. */
        HIGHER_SSIM,
        /** The edit with the smaller change of pooled network features. */
        SMALLER_CHANGE,
        /** The heads on measured features alone: no network, no instruction. */
        CLASSICAL,
        /** The experience from scripted edits on its own: no label of the campaign is used. */
        EXPERIENCE_ALONE,
        /** The heads on everything but the experience: what the campaign's labels teach. */
        LABELS_ALONE,
        /** What the product trains. */
        FULL
    }

    /** Lets one arm learn from labels and judge items. */
    void judge(Arm arm, List<TrainingExample> examples, List<EditSet.Item> test, int seed, Tally tally) {
        switch (arm) {
            case MAJORITY_VERDICT -> judge(test, tally, new Constant(examples));
            case HIGHER_SSIM -> judge(test, tally, new Column(names.indexOf("ssim.direct"), 1, examples));
            case SMALLER_CHANGE -> judge(test, tally, new Column(names.indexOf("pooled.distance"), -1, examples));
            case CLASSICAL -> trained(Set.of(Kind.QUALITY, Kind.CHANGE), examples, test, seed, tally);
            case EXPERIENCE_ALONE -> judge(test, tally, new Opinion(examples));
            case LABELS_ALONE ->
                trained(EnumSet.complementOf(EnumSet.of(Kind.EXPERIENCE)), examples, test, seed, tally);
            case FULL -> trained(Set.of(Kind.values()), examples, test, seed, tally);
        }
    }

    private static void judge(List<EditSet.Item> test, Tally tally, Tally.Rule rule) {
        for (var item : test) {
            tally.add(item, rule);
        }
    }

    private void trained(
            Set<Kind> kinds, List<TrainingExample> examples, List<EditSet.Item> test, int seed, Tally tally) {
        var blocks = layout.blocks().stream()
                .filter(block -> kinds.contains(block.kind()))
                .toList();
        var part = new FeatureLayout(blocks);
        float[][] rows = new float[features.length][part.dimension()];
        for (int row = 0; row < rows.length; row++) {
            int at = 0;
            for (var block : blocks) {
                System.arraycopy(features[row], layout.offset(block.name()), rows[row], at, block.size());
                at += block.size();
            }
        }
        var set = new TrainingSet(EditSet.DIMENSIONS, 4, encoderId, part, FeatureTable.of(rows), examples);
        var provenance = new Provenance("study", "study", "study", seed, encoderId, "cpu");
        try (var trained =
                new RewardTrainer().train(set, TrainingSettings.defaults(), provenance, TrainingListener.SILENT)) {
            judge(test, tally, new Model(trained.model(), trained.model().score(rows)));
        }
    }

    private record Model(RewardModel model, List<Score> scores) implements Tally.Rule {

        @Override
        public double difference(int first, int second, int dimension) {
            return dimension == OVERALL
                    ? scores.get(first).overallMu() - scores.get(second).overallMu()
                    : scores.get(first).mu().get(dimension)
                            - scores.get(second).mu().get(dimension);
        }

        @Override
        public Verdict verdict(int first, int second, int dimension) {
            var p = dimension == OVERALL
                    ? model.overallProbability(scores.get(first), scores.get(second))
                    : model.probability(scores.get(first), scores.get(second), dimension);
            if (p.tie() >= p.first() && p.tie() >= p.second()) {
                return Verdict.TIE;
            }
            return p.first() > p.second() ? Verdict.FIRST : Verdict.SECOND;
        }
    }

    /** The verdict that a label gives on a dimension, or on the sum. */
    private static Verdict said(TrainingExample example, int dimension) {
        return dimension == OVERALL
                ? Answers.overall(example.answers()).orElseThrow()
                : Answers.verdict(example.answers().get(dimension)).orElseThrow();
    }

    private static final class Constant implements Tally.Rule {

        private final List<Map<Verdict, Integer>> counts = new ArrayList<>();

        Constant(List<TrainingExample> examples) {
            for (int d = 0; d <= OVERALL; d++) {
                var count = new EnumMap<Verdict, Integer>(Verdict.class);
                for (var example : examples) {
                    count.merge(said(example, d), 1, Integer::sum);
                }
                counts.add(count);
            }
        }

        @Override
        public double difference(int first, int second, int dimension) {
            var count = counts.get(dimension);
            return (double) count.getOrDefault(Verdict.FIRST, 0) - count.getOrDefault(Verdict.SECOND, 0);
        }

        @Override
        public Verdict verdict(int first, int second, int dimension) {
            return counts.get(dimension).entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
        }
    }

    /** The experience's levels as scores; the thresholds of ties are chosen on the training labels. */
    private final class Opinion implements Tally.Rule {

        private final Thresholds thresholds;

        Opinion(List<TrainingExample> examples) {
            thresholds = new Thresholds(examples, this::difference);
        }

        @Override
        public double difference(int first, int second, int dimension) {
            int at = layout.offset(EmbeddedEditEncoder.EXPERIENCE);
            double difference = 0;
            for (int d = 0; d < OVERALL; d++) {
                if (d == dimension || dimension == OVERALL) {
                    difference += features[first][at + d] - features[second][at + d];
                }
            }
            return difference;
        }

        @Override
        public Verdict verdict(int first, int second, int dimension) {
            return thresholds.verdict(difference(first, second, dimension), dimension);
        }
    }

    /** One feature as the score; differences below a threshold are ties, which is chosen on the training labels. */
    private final class Column implements Tally.Rule {

        private final int column;
        private final int sign;
        private final Thresholds thresholds;

        Column(int column, int sign, List<TrainingExample> examples) {
            this.column = column;
            this.sign = sign;
            thresholds = new Thresholds(examples, this::difference);
        }

        @Override
        public double difference(int first, int second, int dimension) {
            return sign * (double) (features[first][column] - features[second][column]);
        }

        @Override
        public Verdict verdict(int first, int second, int dimension) {
            return thresholds.verdict(difference(first, second, dimension), dimension);
        }
    }

    private interface Difference {
        double of(int first, int second, int dimension);
    }

    /** Below which difference a pair is called a tie, per dimension and overall: what agrees best with the training labels. */
    private static final class Thresholds {

        private final double[] values = new double[OVERALL + 1];

        Thresholds(List<TrainingExample> examples, Difference difference) {
            for (int d = 0; d <= OVERALL; d++) {
                values[d] = best(examples, difference, d);
            }
        }

        private static double best(List<TrainingExample> examples, Difference difference, int dimension) {
            double[] gaps = examples.stream()
                    .mapToDouble(e -> difference.of(e.first(), e.second(), dimension))
                    .toArray();
            double best = 0;
            int most = -1;
            for (double threshold :
                    Arrays.stream(gaps).map(Math::abs).distinct().toArray()) {
                int right = 0;
                for (int i = 0; i < gaps.length; i++) {
                    right += verdict(gaps[i], threshold) == said(examples.get(i), dimension) ? 1 : 0;
                }
                if (right > most) {
                    most = right;
                    best = threshold;
                }
            }
            return best;
        }

        private static Verdict verdict(double difference, double threshold) {
            return Math.abs(difference) < threshold ? Verdict.TIE : Answers.compare(difference);
        }

        Verdict verdict(double difference, int dimension) {
            return verdict(difference, values[dimension]);
        }
    }
}
