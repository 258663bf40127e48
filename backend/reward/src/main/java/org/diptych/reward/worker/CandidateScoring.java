package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.diptych.reward.RewardModel;
import org.diptych.reward.Score;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.reward.ModelVersion;
import org.springframework.stereotype.Component;

/** Runs all encoded candidates of a campaign through a model. */
@Component
class CandidateScoring {
    private static final int CHUNK = 2_048;
    private static final int MOST_LISTED = 20;

    private final FeatureStore features;

    CandidateScoring(FeatureStore features) {
        this.features = features;
    }

    /**
     * What a model says of the candidates.
     *
     * @param candidates their scores, by row
     * @param rows the row of each candidate
     * @param unusable candidates with features that are no numbers; where there are some, the scores are not complete
     */
    record Scored(ScoredCandidates candidates, Map<UUID, Integer> rows, List<UUID> unusable) {}

    /**
     * Scores them.
     *
     * @param each takes the scores as they are computed
     */
    Scored score(ModelVersion version, RewardModel model, BiConsumer<List<UUID>, List<Score>> each) {
        var scored = new Scored(new ScoredCandidates(model), new HashMap<>(), new ArrayList<>());
        features.stream(version.campaign(), version.encoderId(), CHUNK, (ids, chunk) -> {
            for (int row = 0; row < chunk.length; row++) {
                scored.rows().put(ids.get(row), scored.rows().size());
                if (!isFinite(chunk[row])) {
                    scored.unusable().add(ids.get(row));
                }
            }
            if (scored.unusable().isEmpty()) {
                each.accept(ids, scored.candidates().add(chunk));
            }
        });
        return scored;
    }

    /**
     * Requires that all could be scored; features that are no numbers are computed again by the next run.
     *
     * @throws EncodingException otherwise
     */
    void requireUsable(ModelVersion version, Scored scored) {
        if (!scored.unusable().isEmpty()) {
            features.forget(scored.unusable(), version.encoderId());
            throw new EncodingException("a feature of the candidate "
                    + scored.unusable().stream()
                            .limit(MOST_LISTED)
                            .map(UUID::toString)
                            .collect(Collectors.joining(", "))
                    + " is not a finite number; the next run computes the features anew");
        }
    }

    private static boolean isFinite(float[] features) {
        for (float value : features) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
