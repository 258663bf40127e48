package org.diptych.service.agreement;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.annotator.PeerAgreement;
import org.diptych.statistics.evaluation.WilsonInterval;
import org.springframework.stereotype.Component;

/**
 * Compares an annotator with the others without giving anybody's answer away. A pair counts only when all its labels are
 * there, with the answers as they stood then, so that nobody can look and correct; the figures move in steps of ten
 * pairs, so that no single pair can be read from them.
 */
@Component
class OwnAgreementQuery {
    /** Fewer pairs say too little, and too much about each of them. */
    static final int LEAST = 20;

    static final int STEP = 10;

    /** The latest labels; older ones say little about how somebody works now. */
    private static final int MOST_LABELS = 2_000;

    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private final SharedPairs pairs;
    private final Clock clock;

    OwnAgreementQuery(SharedPairs pairs, Clock clock) {
        this.pairs = pairs;
        this.clock = clock;
    }

    OwnAgreement of(UUID annotator, UUID campaign, Protocol protocol) {
        var shared = pairs.of(annotator, campaign, protocol.sha256(), MOST_LABELS, clock.instant());
        if (shared.size() < LEAST) {
            return new OwnAgreement(0, LEAST - shared.size(), List.of());
        }
        var counted = shared.subList(0, shared.size() - shared.size() % STEP);
        var dimensions = Stream.concat(
                Stream.of(Protocol.OVERALL), protocol.dimensions().stream().map(dimension -> dimension.id()));
        return new OwnAgreement(
                counted.size(), 0, dimensions.map(id -> row(id, counted)).toList());
    }

    private static OwnAgreement.Row row(String dimension, List<SharedPairs.SharedPair> pairs) {
        var builder = new PeerAgreement.Builder(VERDICTS.size());
        for (var pair : pairs) {
            var own = pair.own().verdicts().get(dimension);
            if (own != null) {
                builder.add(own.ordinal(), pair.votes(dimension), pair.group());
            }
        }
        var result = builder.build();
        return new OwnAgreement.Row(
                dimension,
                result.agreed(),
                result.cases(),
                result.share().orElse(null),
                result.interval().map(WilsonInterval::low).orElse(null),
                result.interval().map(WilsonInterval::high).orElse(null),
                result.chanceCorrected() instanceof Coefficient.Defined defined ? (Double) defined.value() : null);
    }
}
