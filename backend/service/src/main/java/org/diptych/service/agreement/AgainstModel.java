package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.agreement.AgreementFigures.ModelFigures;
import org.diptych.service.agreement.AgreementFigures.ModelShare;
import org.diptych.service.agreement.ModelOpinions.Opinion;
import org.diptych.service.agreement.ModelOpinions.Version;
import org.diptych.statistics.agreement.Disagreement.Share;
import org.jspecify.annotations.Nullable;

/**
 * People against the active model. Only pairs count that nobody had answered when the model was made: on the others it has
 * been taught what people say.
 */
final class AgainstModel {
    private final @Nullable Version version;
    private final Map<Integer, Tally> people = new HashMap<>();
    private final Tally all = new Tally();
    private final Tally twoByTwo = new Tally();

    /** Nothing is known of a campaign without a model. */
    AgainstModel(
            @Nullable Version version,
            ModelOpinions opinions,
            CampaignLabels.Snapshot everything,
            Selection selection,
            int column) {
        this.version = version;
        if (version == null) {
            return;
        }
        var fresh = everything.pairs().stream()
                .filter(pair -> pair.answers().stream().allMatch(given -> given.minute() > version.minute()))
                .map(AnsweredPair::id)
                .collect(Collectors.toSet());
        var compared = selection.ofPairs(pair -> fresh.contains(pair.id()));
        var known = opinions.of(
                version, compared.pairs().stream().map(AnsweredPair::id).toList());
        compared.pairs().forEach(pair -> add(pair, known.get(pair.id()), column));
    }

    private void add(AnsweredPair pair, @Nullable Opinion opinion, int column) {
        var first = opinion == null ? Optional.<Boolean>empty() : opinion.prefersFirst(column);
        if (first.isEmpty()) {
            return;
        }
        long decided = 0;
        long same = 0;
        long forFirst = 0;
        for (var given : pair.answers()) {
            if (given.code().decides(column)) {
                var prefersFirst = given.code().verdict(column) == AnswerCode.FIRST;
                decided++;
                same += prefersFirst == first.get() ? 1 : 0;
                forFirst += prefersFirst ? 1 : 0;
                people.computeIfAbsent(given.annotator(), _ -> new Tally()).add(prefersFirst == first.get() ? 1 : 0, 1);
            }
        }
        all.add(same, decided);
        var forSecond = decided - forFirst;
        twoByTwo.add((forFirst * (forFirst - 1) + forSecond * (forSecond - 1)) / 2, decided * (decided - 1) / 2);
    }

    /** Null while nothing can be compared. */
    @Nullable
    ModelFigures figures() {
        var share = all.share();
        return version == null || share.isEmpty()
                ? null
                : new ModelFigures(
                        version.number(), share.get(), twoByTwo.share().orElse(null));
    }

    Optional<ModelShare> of(int annotator) {
        return Optional.ofNullable(people.get(annotator)).flatMap(Tally::share);
    }

    /** Of one pair the probability that its first picture is better, where the model has scored it. */
    static Map<UUID, Double> first(@Nullable Version version, ModelOpinions opinions, List<UUID> pairs) {
        var first = new HashMap<UUID, Double>();
        if (version != null) {
            opinions.of(version, pairs).forEach((pair, opinion) -> first.put(pair, opinion.first()));
        }
        return first;
    }

    /** Answers of one pair are no independent cases: the pair is. */
    private static final class Tally {
        private final List<Double> shares = new ArrayList<>();
        private long same;
        private long decided;

        void add(long more, long of) {
            if (of > 0) {
                same += more;
                decided += of;
                shares.add((double) more / of);
            }
        }

        Optional<ModelShare> share() {
            if (shares.isEmpty()) {
                return Optional.empty();
            }
            var share = Share.ofUnits(
                    shares.stream().mapToDouble(Double::doubleValue).toArray());
            return Optional.of(new ModelShare(same, decided, share.value(), share.low(), share.high()));
        }
    }
}
