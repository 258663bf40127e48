package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.diptych.service.agreement.AgreementFigures.AnnotatorFigures;
import org.diptych.service.agreement.AgreementFigures.Cell;
import org.diptych.service.agreement.AgreementFigures.Change;
import org.diptych.service.agreement.AgreementFigures.ModelShare;
import org.diptych.service.agreement.AgreementFigures.Person;
import org.diptych.service.agreement.AgreementFigures.Sides;
import org.diptych.service.agreement.AnsweredPair.Given;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.statistics.agreement.AnnotatorAgreement;
import org.diptych.statistics.agreement.AnnotatorInfluence;
import org.diptych.statistics.agreement.Disagreement;
import org.diptych.statistics.agreement.Ratings;
import org.diptych.statistics.annotator.AgreementChange;
import org.diptych.statistics.annotator.HolmCorrection;
import org.diptych.statistics.annotator.SideBias;
import org.jspecify.annotations.Nullable;

/** The annotators of a selection, one by one and two by two. */
final class People {
    /** Of these with the most answers every two are compared, and each is left out in turn. */
    private static final int MOST = 40;

    private static final double WEAK = 0.5;

    private final Selection selection;
    private final List<Person> persons;
    private final Ratings ratings;
    private final Scale scale;
    private final Scale verdicts;
    private final long[] labels;
    /** Numbers of those with answers, most answers first. */
    private final List<Integer> order;

    People(Selection selection, List<Person> persons, Scale scale, Scale verdicts) {
        this.selection = selection;
        this.persons = persons;
        this.scale = scale;
        this.verdicts = verdicts;
        this.ratings = selection.ratings(scale, persons.size());
        this.labels = new long[persons.size()];
        selection.pairs().forEach(pair -> pair.answers().forEach(given -> labels[given.annotator()]++));
        this.order = IntStream.range(0, persons.size())
                .filter(number -> labels[number] > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer number) -> -labels[number])
                        .thenComparing(number -> persons.get(number).name()))
                .toList();
    }

    private int[] most() {
        return order.stream().limit(MOST).mapToInt(Integer::intValue).toArray();
    }

    List<AnnotatorFigures> figures(Function<Integer, Optional<ModelShare>> model) {
        var without = new HashMap<Integer, Figure>();
        for (var influence :
                AnnotatorInfluence.of(ratings, most(), scale.alpha(), Coefficients.MANY, Coefficients.random())) {
            without.put(influence.annotator(), Coefficients.figure(influence.without()));
        }
        var sides = sides();
        var peers = peers();
        var changes = changes(peers);
        return order.stream()
                .map(number -> new AnnotatorFigures(
                        persons.get(number),
                        labels[number],
                        peers.getOrDefault(number, List.of()).size(),
                        agreement(peers.getOrDefault(number, List.of())),
                        sides.get(number),
                        changes.get(number),
                        without.get(number),
                        model.apply(number).orElse(null)))
                .toList();
    }

    /** Sides as anybody chose them: one test, which needs no correction. */
    @Nullable
    Sides everybody() {
        var all = new long[2];
        selection.pairs().forEach(pair -> pair.answers().forEach(given -> count(given, all)));
        if (all[1] == 0) {
            return null;
        }
        var bias = SideBias.of(all[0], all[1]);
        return sides(bias, bias.pValue());
    }

    private void count(Given given, long[] leftAndDecided) {
        if (given.code().decides(verdicts.column())) {
            var first = given.code().verdict(verdicts.column()) == AnswerCode.FIRST;
            leftAndDecided[0] += first != given.swapped() ? 1 : 0;
            leftAndDecided[1]++;
        }
    }

    private Map<Integer, Sides> sides() {
        var counts = new long[persons.size()][2];
        selection.pairs().forEach(pair -> pair.answers().forEach(given -> count(given, counts[given.annotator()])));
        var decided = order.stream().filter(number -> counts[number][1] > 0).toList();
        var biases = decided.stream()
                .map(number -> SideBias.of(counts[number][0], counts[number][1]))
                .toList();
        var corrected = HolmCorrection.adjusted(
                biases.stream().mapToDouble(SideBias::pValue).toArray());
        var sides = new HashMap<Integer, Sides>();
        for (var place = 0; place < corrected.length; place++) {
            sides.put(decided.get(place), sides(biases.get(place), corrected[place]));
        }
        return sides;
    }

    private static Sides sides(SideBias bias, double pValue) {
        return new Sides(
                bias.left(),
                bias.decided(),
                bias.share(),
                bias.interval().low(),
                bias.interval().high(),
                pValue);
    }

    /** A shared pair of an annotator: when its answer came, and which share of the others said the same. */
    private record Peer(long sequence, double same) {}

    private Map<Integer, List<Peer>> peers() {
        var peers = new HashMap<Integer, List<Peer>>();
        for (var pair : selection.pairs()) {
            var answers = pair.answers();
            if (answers.size() < 2) {
                continue;
            }
            for (var given : answers) {
                var own = verdicts.value(given.code(), 0);
                long others = 0;
                long same = 0;
                for (var other : answers) {
                    var said = verdicts.value(other.code(), 0);
                    if (other.annotator() != given.annotator() && said >= 0) {
                        others++;
                        same += said == own ? 1 : 0;
                    }
                }
                if (own >= 0 && others > 0) {
                    peers.computeIfAbsent(given.annotator(), _ -> new ArrayList<>())
                            .add(new Peer(given.sequence(), (double) same / others));
                }
            }
        }
        peers.values().forEach(each -> each.sort(Comparator.comparing(Peer::sequence)));
        return peers;
    }

    private static @Nullable Figure agreement(List<Peer> peers) {
        if (peers.isEmpty()) {
            return null;
        }
        var shares = peers.stream().mapToDouble(Peer::same).toArray();
        var share = Disagreement.Share.ofUnits(shares);
        return new Figure(share.value(), share.low(), share.high(), null);
    }

    private Map<Integer, Change> changes(Map<Integer, List<Peer>> peers) {
        var found = new HashMap<Integer, AgreementChange>();
        peers.forEach((number, each) -> AgreementChange.of(
                        each.stream().mapToDouble(Peer::same).toArray())
                .ifPresent(change -> found.put(number, change)));
        var tested = found.keySet().stream().sorted().toList();
        var corrected = HolmCorrection.adjusted(tested.stream()
                .mapToDouble(number -> Objects.requireNonNull(found.get(number)).pValue())
                .toArray());
        var changes = new HashMap<Integer, Change>();
        for (var place = 0; place < corrected.length; place++) {
            var change = Objects.requireNonNull(found.get(tested.get(place)));
            changes.put(
                    tested.get(place),
                    new Change(change.earlier(), change.later(), change.low(), change.high(), corrected[place]));
        }
        return changes;
    }

    /** Two by two, as places among {@link #figures}. */
    List<Cell> matrix() {
        var agreements = AnnotatorAgreement.matrix(
                ratings,
                most(),
                (long) AgreementFigures.LEAST_SHARED * scale.units(),
                scale.alpha(),
                Coefficients.MANY,
                Coefficients.random());
        var alphas = agreements.stream()
                .flatMapToDouble(each -> each.estimate().coefficient().toOptional().stream())
                .sorted()
                .toArray();
        var median = alphas.length == 0 ? 1 : alphas[alphas.length / 2];
        var places = new int[persons.size()];
        Arrays.setAll(places, order::indexOf);
        return agreements.stream()
                .map(each -> {
                    var alpha = Coefficients.figure(each.estimate());
                    var one = places[each.first()];
                    var other = places[each.second()];
                    var value = alpha.value();
                    var high = alpha.high();
                    return new Cell(
                            Math.min(one, other),
                            Math.max(one, other),
                            each.shared() / scale.units(),
                            alpha,
                            value != null && value < WEAK && high != null && high < median);
                })
                .sorted(Comparator.comparing(Cell::first).thenComparing(Cell::second))
                .toList();
    }
}
