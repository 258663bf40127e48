package org.diptych.service.conduct;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.diptych.service.agreement.SharedPairs.SharedPair;
import org.diptych.service.quality.GoldAccuracy;
import org.diptych.statistics.annotator.ChangePoint;
import org.diptych.statistics.annotator.ConsensusModel;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.LabelTable;
import org.diptych.statistics.annotator.PeerAgreement;
import org.diptych.statistics.annotator.SideBias;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes an annotator's figures from what {@link WorkReader} reads of them. */
@Component
class WorkFigureReader {
    /** Fewer pairs, or answers to gold, say too little, and too much about each of them. */
    static final int LEAST_PAIRS = 20;

    static final int STEP = 10;

    private static final int VERDICTS = Verdict.values().length;
    private static final double MILLISECONDS = 1_000;
    /** Each twice as long as the one before it. */
    private static final int[] BINS = {0, 5, 10, 20, 40, 80, 160};

    private final WorkReader reader;
    private final HalfHour halfHour;

    WorkFigureReader(WorkReader reader, HalfHour halfHour) {
        this.reader = reader;
        this.halfHour = halfHour;
    }

    WorkFigures read(UUID annotator, UUID campaign) {
        var until = halfHour.last();
        var all = reader.labels(annotator, campaign);
        var labels = all.subList(0, Math.min(all.size(), WorkReader.MOST));
        var standing = labels.stream().filter(WorkReader.Row::stands).toList();
        var answers = standing.stream().filter(label -> !label.skip()).toList();
        var shared = reader.shared(annotator, campaign, until);
        var counted = shared.size() < LEAST_PAIRS
                ? List.<SharedPair>of()
                : shared.subList(0, shared.size() - shared.size() % STEP);
        var compared = WorkReader.compared(counted);
        return new WorkFigures(
                until,
                labels.size(),
                all.size() > WorkReader.MOST,
                counted.size(),
                Math.max(0, LEAST_PAIRS - shared.size()),
                counted.isEmpty() ? List.of() : dimensions(annotator, reader.protocol(campaign), counted),
                gold(annotator, campaign, until),
                pace(labels),
                sides(answers),
                answers.size(),
                (int) answers.stream().filter(answer -> !decides(answer)).count(),
                standing.size() - answers.size(),
                (int) standing.stream().filter(WorkReader.Row::flagged).count(),
                drift(compared),
                Math.max(0, ChangePoint.LEAST - compared.size()));
    }

    private static List<WorkFigures.Dimension> dimensions(UUID annotator, Protocol protocol, List<SharedPair> pairs) {
        return Stream.concat(
                        Stream.of(Protocol.OVERALL),
                        protocol.dimensions().stream().map(dimension -> dimension.id()))
                .map(id -> dimension(annotator, id, pairs))
                .toList();
    }

    private static WorkFigures.Dimension dimension(UUID annotator, String id, List<SharedPair> pairs) {
        var peers = new PeerAgreement.Builder(VERDICTS);
        var confusion = new int[VERDICTS][VERDICTS];
        for (var pair : pairs) {
            var own = pair.own().verdicts().get(id);
            if (own != null) {
                var votes = pair.votes(id);
                peers.add(own.ordinal(), votes, pair.group());
                int leading = PeerAgreement.Builder.leading(votes);
                if (leading >= 0) {
                    confusion[own.ordinal()][leading]++;
                }
            }
        }
        var agreement = peers.build();
        var rows = new ArrayList<List<Integer>>();
        for (var row : confusion) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new WorkFigures.Dimension(
                id,
                reliability(annotator, id, pairs),
                agreement.agreed(),
                agreement.cases(),
                agreement
                        .interval()
                        .map(interval ->
                                new WorkFigures.Share(agreement.share().orElseThrow(), interval.low(), interval.high()))
                        .orElse(null),
                rows);
    }

    /** By the product's model of annotators, on the pairs of this one alone. */
    private static WorkFigures.@Nullable Share reliability(UUID annotator, String id, List<SharedPair> pairs) {
        var numbers = new HashMap<UUID, Integer>(Map.of(annotator, 0));
        var task = new ArrayList<Integer>();
        var by = new ArrayList<Integer>();
        var said = new ArrayList<Integer>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            var number = pair;
            Stream.concat(Stream.of(pairs.get(pair).own()), pairs.get(pair).others().stream())
                    .forEach(each -> {
                        var verdict = each.verdicts().get(id);
                        if (verdict != null) {
                            task.add(number);
                            by.add(numbers.computeIfAbsent(each.annotator(), _ -> numbers.size()));
                            said.add(verdict.ordinal());
                        }
                    });
        }
        var table = LabelTable.of(pairs.size(), numbers.size(), VERDICTS, array(task), array(by), array(said));
        return switch (new ConsensusModel().consensus(table)) {
            case Fit.Converged(var consensus, var _) -> {
                var own = consensus.reliability(0);
                yield new WorkFigures.Share(own.estimate(), own.low(), own.high());
            }
            case Fit.NotConverged<?> _ -> null;
        };
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private @Nullable GoldAccuracy gold(UUID annotator, UUID campaign, Instant until) {
        var answers = reader.gold(annotator, campaign, 0, Instant.EPOCH).reversed().stream()
                .filter(answer -> !answer.at().isAfter(until))
                .toList();
        var counted = answers.subList(0, answers.size() - answers.size() % STEP);
        return counted.isEmpty()
                ? null
                : GoldAccuracy.of(
                        counted.size(),
                        counted.stream()
                                .mapToDouble(RuleChecks.GoldAnswer::score)
                                .sum());
    }

    private static WorkFigures.@Nullable Pace pace(List<WorkReader.Row> labels) {
        var times = labels.stream()
                .filter(label -> !label.skip() && label.first())
                .mapToLong(WorkReader.Row::milliseconds)
                .sorted()
                .toArray();
        if (times.length == 0) {
            return null;
        }
        int middle = times.length / 2;
        double median = times.length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2.0;
        var bins = new ArrayList<WorkFigures.Bin>();
        for (int bin = 0; bin < BINS.length; bin++) {
            double from = BINS[bin] * MILLISECONDS;
            double to = bin + 1 < BINS.length ? BINS[bin + 1] * MILLISECONDS : Double.POSITIVE_INFINITY;
            bins.add(new WorkFigures.Bin(BINS[bin], (int) Arrays.stream(times)
                    .filter(time -> time >= from && time < to)
                    .count()));
        }
        return new WorkFigures.Pace(median / MILLISECONDS, bins);
    }

    private static boolean decides(WorkReader.Row answer) {
        return answer.overall().equals(Verdict.FIRST.word()) || answer.overall().equals(Verdict.SECOND.word());
    }

    private static WorkFigures.@Nullable Sides sides(List<WorkReader.Row> answers) {
        var decided = answers.stream().filter(WorkFigureReader::decides).toList();
        if (decided.isEmpty()) {
            return null;
        }
        long left = decided.stream()
                .filter(answer -> answer.overall().equals(Verdict.FIRST.word()) != answer.swapped())
                .count();
        var bias = SideBias.of(left, decided.size());
        return new WorkFigures.Sides(
                left,
                decided.size(),
                new WorkFigures.Share(
                        bias.share(), bias.interval().low(), bias.interval().high()),
                bias.pValue());
    }

    private static WorkFigures.@Nullable Drift drift(List<RuleChecks.Compared> compared) {
        return ChangePoint.of(
                        compared.stream().mapToDouble(RuleChecks.Compared::same).toArray())
                .map(change -> new WorkFigures.Drift(
                        change.found(),
                        compared.getFirst().at(),
                        compared.getLast().at(),
                        compared.get(change.first()).at(),
                        change.before(),
                        change.after(),
                        change.cases(),
                        change.pValue()))
                .orElse(null);
    }
}
