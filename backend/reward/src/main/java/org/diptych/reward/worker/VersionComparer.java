package org.diptych.reward.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diptych.reward.worker.UniformEvaluation.Judged;
import org.diptych.reward.worker.UniformEvaluation.UniformPair;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.VersionComparison;
import org.diptych.service.reward.VersionComparison.Part;
import org.diptych.service.reward.VersionComparison.Row;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares two versions as the {@link PromotionGate} does, and in more detail: on the pairs of the uniform stratum that both
 * judge, each by its fold models, which never saw the pair's source image, whenever the pair was labelled.
 */
@Component
class VersionComparer {
    /** The commonest ones; the pairs of the others are in the overall figures. */
    private static final int MOST_CATEGORIES = 30;

    private final ModelVersionService models;
    private final ModelArchive archive;
    private final FeatureStore features;
    private final SnapshotReader snapshots;
    private final JdbcClient jdbc;

    VersionComparer(
            ModelVersionService models,
            ModelArchive archive,
            FeatureStore features,
            SnapshotReader snapshots,
            JdbcClient jdbc) {
        this.models = models;
        this.archive = archive;
        this.features = features;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
    }

    /**
     * Compares.
     *
     * @param look is called between steps, and ends them by throwing
     */
    VersionComparison compare(UUID campaign, VersionComparison.Question question, Runnable look) throws IOException {
        var frozen = snapshots.newest(campaign).orElseThrow();
        var labels = snapshots.uniformLabels(frozen.id());
        var evaluation = UniformEvaluation.of(labels);
        var first = judged(version(campaign, question.first()), evaluation, look);
        var second = judged(version(campaign, question.second()), evaluation, look);
        var both = first.margins().keySet().stream()
                .filter(second.margins()::containsKey)
                .mapToInt(Integer::intValue)
                .toArray();
        var rows = new ArrayList<Row>();
        var human = new HashMap<Integer, Integer>();
        var pairs = first.pairs();
        for (int index : both) {
            human.put(index, Integer.signum(pairs.get(index).votes()));
        }
        var overall = new PairedRows(pairs, index -> Optional.ofNullable(human.get(index)), of(first), of(second));
        rows.addAll(overall.rows(Part.OVERALL, null, both, look));
        for (var dimension : first.dimensions()) {
            int other = second.dimensions().indexOf(dimension);
            if (other >= 0) {
                int own = first.dimensions().indexOf(dimension);
                var votes = votes(labels, dimension);
                var judge = new PairedRows(
                        pairs,
                        index -> Optional.ofNullable(votes.get(pairs.get(index).id()))
                                .map(Integer::signum),
                        index -> margin(first, index).byDimension().get(own),
                        index -> margin(second, index).byDimension().get(other));
                rows.addAll(judge.rows(Part.DIMENSION, dimension, both, look));
            }
        }
        for (var category : categories(pairs, both)) {
            rows.addAll(overall.rows(Part.CATEGORY, category.name().orElse(null), category.pairs(), look));
        }
        return new VersionComparison(
                question.first(),
                question.second(),
                frozen.digest(),
                pairs.size(),
                both.length,
                first.margins().size() - both.length,
                second.margins().size() - both.length,
                rows);
    }

    private ModelVersion version(UUID campaign, int number) {
        return models.find(campaign, number)
                .orElseThrow(
                        () -> Problem.notFound("unknown_model", "This campaign has no model version " + number + "."));
    }

    private Judged judged(ModelVersion version, UniformEvaluation evaluation, Runnable look) throws IOException {
        look.run();
        try (var unpacked = archive.open(version.digest())) {
            return evaluation.scored(
                    unpacked.folder(),
                    version.encoderId(),
                    candidates -> features.load(candidates, version.encoderId()),
                    look);
        }
    }

    private static UniformEvaluation.Margin margin(Judged judged, int index) {
        return java.util.Objects.requireNonNull(judged.margins().get(index));
    }

    private static PairedRows.Margins of(Judged judged) {
        return index -> margin(judged, index).overall();
    }

    /** By pair, labels for the first edit minus labels for the second on one dimension; pairs without such a label are missing. */
    private static Map<UUID, Integer> votes(List<LabelledPair> labels, String dimension) {
        var votes = new HashMap<UUID, Integer>();
        for (var label : labels) {
            var answer = label.answers().get(dimension);
            if (answer != null) {
                votes.merge(label.pair(), vote(answer), Integer::sum);
            }
        }
        return votes;
    }

    private static int vote(org.diptych.protocol.Answer answer) {
        return switch (answer) {
            case org.diptych.protocol.RatingPair ratings -> Integer.compare(ratings.first(), ratings.second());
            case org.diptych.protocol.Comparison comparison -> UniformEvaluation.vote(comparison.verdict());
        };
    }

    private record Category(Optional<String> name, int[] pairs) {}

    private List<Category> categories(List<UniformPair> pairs, int[] both) {
        var named = new HashMap<UUID, String>();
        jdbc.sql("""
                        SELECT p.id, i.category FROM pair p JOIN item i ON i.id = p.item_id
                        WHERE p.id = ANY (?::uuid[]) AND i.category IS NOT NULL""")
                .param(IntStream.of(both)
                        .mapToObj(index -> pairs.get(index).id())
                        .toArray(UUID[]::new))
                .query(row -> {
                    named.put(row.getObject(1, UUID.class), row.getString(2));
                });
        if (named.isEmpty()) {
            return List.of();
        }
        return IntStream.of(both)
                .boxed()
                .collect(Collectors.groupingBy(
                        index -> Optional.ofNullable(named.get(pairs.get(index).id()))))
                .entrySet()
                .stream()
                .map(entry -> new Category(
                        entry.getKey(),
                        entry.getValue().stream().mapToInt(Integer::intValue).toArray()))
                .sorted(Comparator.comparingInt((Category category) -> -category.pairs().length)
                        .thenComparing(category -> category.name().orElse("")))
                .limit(MOST_CATEGORIES)
                .toList();
    }
}
