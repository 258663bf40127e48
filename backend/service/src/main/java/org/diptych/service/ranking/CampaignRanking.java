package org.diptych.service.ranking;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the editing models of a campaign compare, overall and on each dimension.
 *
 * @param protocol the version whose labels are ranked: the one in use, or the last one with labels
 * @param protocolSha256 its digest
 * @param population {@code uniform} or {@code weighted}
 * @param answers {@code raw} or {@code consensus}
 * @param category only this one; null for all
 * @param categories all there are among the labels, by name
 * @param withinModel labels of two edits of one model, which say nothing about models and are left out
 * @param computedAt when
 * @param interval what the intervals are
 * @param weights how much a label counts
 * @param dimensions overall first
 */
public record CampaignRanking(
        String protocol,
        String protocolSha256,
        String population,
        String answers,
        @Nullable String category,
        List<String> categories,
        long withinModel,
        Instant computedAt,
        String interval,
        String weights,
        List<Dimension> dimensions) {
    /** Copies the lists. */
    public CampaignRanking {
        categories = List.copyOf(categories);
        dimensions = List.copyOf(dimensions);
    }

    /** Of more categories than these the figures of each are not computed together: each is a fit of its own. */
    public static final int MOST_CATEGORIES = 30;

    /** What can be said. */
    public enum State {
        /** Models are ranked. */
        RANKED,
        /** Some models were never compared with the others, not even by way of third ones: no common scale. */
        DISCONNECTED,
        /** Too few comparisons or sources for an interval that says anything. */
        TOO_FEW,
        /** More models than are ranked together: the name of a model says something else, such as a seed. */
        TOO_MANY
    }

    /**
     * One dimension, or overall.
     *
     * @param dimension its id; {@code overall}
     * @param state whether there is a ranking
     * @param reason why there is none
     * @param comparisons labels, or pairs where consensus is ranked
     * @param sources source images they are of: what intervals rest on
     * @param effective comparisons of equal weight that would say as much
     * @param positionBias log-odds by which the left side is favoured; null where sides play no part or nothing is ranked
     * @param models the strongest first; without a ranking by name
     * @param matrix every two models that were compared, each way
     * @param groups names of the models of each connected group, where there are several
     */
    public record Dimension(
            String dimension,
            State state,
            @Nullable String reason,
            long comparisons,
            int sources,
            double effective,
            @Nullable Figure positionBias,
            List<Model> models,
            List<Cell> matrix,
            List<List<String>> groups) {
        /** Copies the lists. */
        public Dimension {
            models = List.copyOf(models);
            matrix = List.copyOf(matrix);
            groups = List.copyOf(groups);
        }
    }

    /**
     * An editing model.
     *
     * @param model its name
     * @param strength in log-odds against the mean model; null without a ranking
     * @param preferred probability to be preferred to the mean model, a tie counting half
     * @param rank 1 is the strongest
     * @param wins comparisons won
     * @param ties neither better, or both bad
     * @param losses comparisons lost
     */
    public record Model(
            String model,
            @Nullable Figure strength,
            @Nullable Figure preferred,
            @Nullable Figure rank,
            double wins,
            double ties,
            double losses) {
        /** In how many comparisons it took part. */
        public double comparisons() {
            return wins + ties + losses;
        }
    }

    /** An estimate with its 95 % interval. */
    public record Figure(double value, double low, double high) {}

    /**
     * One model against another.
     *
     * @param wins how often the first won
     * @param ties neither better, or both bad
     * @param losses how often the other won
     */
    public record Cell(String model, String against, double wins, double ties, double losses) {
        /** All of them. */
        public double comparisons() {
            return wins + ties + losses;
        }
    }
}
