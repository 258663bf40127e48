package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.diptych.service.agreement.AgreementFigures.Answered;
import org.diptych.service.agreement.AgreementFigures.Confused;
import org.diptych.service.agreement.AgreementFigures.Confusion;
import org.diptych.service.agreement.AgreementFigures.Part;
import org.diptych.statistics.agreement.Disagreement;

/** What annotators say of the same pair where they do not say the same. */
final class Confusions {
    private static final int BINS = 10;
    private static final int MOST_CONFUSED = 5;
    private static final List<String> KINDS = List.of("same", "tie_win", "tie_bad", "win_loss");

    private final Selection selection;

    Confusions(Selection selection) {
        this.selection = selection;
    }

    /** Which answers of one scale stand against which; how verdicts differ; and how many pairs they divide. */
    Confusion of(Scale shown, Scale verdicts) {
        var coincidences = Disagreement.of(selection.histogram(shown)).coincidences();
        var disagreement = Disagreement.of(selection.histogram(verdicts));
        var split = new ArrayList<Part>();
        var shares = disagreement.shares(KINDS.size(), Confusions::kind);
        for (var kind = 0; kind < shares.size(); kind++) {
            var share = shares.get(kind);
            split.add(new Part(KINDS.get(kind), share.value(), share.low(), share.high(), share.units()));
        }
        return new Confusion(
                shown.kind().word(),
                shown.names(),
                Arrays.stream(coincidences)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                top(shown.names(), coincidences),
                split,
                Arrays.stream(disagreement.histogram(BINS)).boxed().toList());
    }

    /** How two verdicts differ. */
    private static int kind(int one, int other) {
        if (one == other) {
            return 0;
        }
        var oneDecides = one == AnswerCode.FIRST || one == AnswerCode.SECOND;
        var otherDecides = other == AnswerCode.FIRST || other == AnswerCode.SECOND;
        return oneDecides && otherDecides ? 3 : oneDecides || otherDecides ? 1 : 2;
    }

    private static List<Confused> top(List<String> names, double[][] coincidences) {
        double all = 0;
        var confused = new ArrayList<Confused>();
        for (var one = 0; one < names.size(); one++) {
            for (var other = one + 1; other < names.size(); other++) {
                all += coincidences[one][other];
                if (coincidences[one][other] > 0) {
                    confused.add(new Confused(names.get(one), names.get(other), coincidences[one][other]));
                }
            }
        }
        double total = all;
        return confused.stream()
                .sorted(Comparator.comparing(Confused::share).reversed())
                .limit(MOST_CONFUSED)
                .map(each -> new Confused(each.one(), each.other(), each.share() / total))
                .toList();
    }

    /**
     * A pair that divides people.
     *
     * @param disagreement share of its pairs of answers that differ
     * @param answers how often each was given
     */
    record Dispute(UUID pair, double disagreement, List<Answered> answers) {}

    /** The pairs with the largest share of disagreeing answers; of the same share those with more answers first. */
    List<Dispute> most(Scale scale, int most) {
        return selection.pairs().stream()
                .filter(pair -> pair.answers().size() >= 2)
                .map(pair -> dispute(pair, scale))
                .filter(dispute -> dispute.disagreement() > 0)
                .sorted(Comparator.comparing(Dispute::disagreement)
                        .thenComparing(Confusions::times)
                        .reversed()
                        .thenComparing(Dispute::pair))
                .limit(most)
                .toList();
    }

    private static int times(Dispute dispute) {
        return dispute.answers().stream().mapToInt(Answered::times).sum();
    }

    static Dispute dispute(AnsweredPair pair, Scale scale) {
        var times = new TreeMap<Integer, Integer>();
        for (var given : pair.answers()) {
            var value = scale.value(given.code(), 0);
            if (value >= 0) {
                times.merge(value, 1, Integer::sum);
            }
        }
        double all = times.values().stream().mapToInt(Integer::intValue).sum();
        double same =
                times.values().stream().mapToDouble(each -> each * (each - 1.0)).sum();
        return new Dispute(
                pair.id(),
                all < 2 ? 0 : 1 - same / (all * (all - 1)),
                times.entrySet().stream()
                        .map(entry -> new Answered(scale.values().name(entry.getKey()), entry.getValue()))
                        .toList());
    }
}
