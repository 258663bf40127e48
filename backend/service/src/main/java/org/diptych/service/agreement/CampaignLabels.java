package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AnsweredPair.Given;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a campaign that count, in memory: about 150 bytes a label. It takes label after label and may take each as
 * often as it likes: of an annotator's labels of a pair the latest holds. Whoever calls holds its monitor.
 */
final class CampaignLabels {
    private final Function<String, Protocol> protocols;
    private final Map<UUID, AnsweredPair> pairs = new HashMap<>();
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final List<UUID> annotators = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    // there are few different answers, names and people in a campaign: each is kept once
    private final Map<List<String>, AnswerCode> codes = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    // skips that took an answer back: it must not return when its label is read again
    private final Map<List<UUID>, Long> takenBack = new HashMap<>();
    private Set<UUID> takenOut = Set.of();
    private Map<UUID, Integer> excluded = Map.of();
    private long settled;
    private long changes;
    private @Nullable Snapshot snapshot;

    CampaignLabels(Function<String, Protocol> protocols) {
        this.protocols = protocols;
    }

    /**
     * A label as the database has it.
     *
     * @param answers null of a skip, which takes back what it supersedes
     */
    record Row(
            UUID pair,
            UUID annotator,
            long sequence,
            boolean supersedes,
            String protocolSha256,
            @Nullable String answers,
            @Nullable String verdicts,
            int minute,
            boolean uniform,
            boolean swapped,
            @Nullable String category,
            String firstModel,
            String secondModel) {}

    void add(Row row) {
        var answers = row.answers();
        var verdicts = row.verdicts();
        if (answers == null || verdicts == null) {
            if (row.supersedes()) {
                takeBack(row);
            }
            return;
        }
        var known = pairs.get(row.pair());
        var annotator = number(row.annotator());
        if (takenBack.getOrDefault(List.of(row.pair(), row.annotator()), 0L) > row.sequence()
                || (known != null
                        && known.answers().stream().anyMatch(given -> isLater(given, annotator, row.sequence())))) {
            return;
        }
        var given = new Given(
                annotator,
                row.sequence(),
                code(row.protocolSha256(), answers, verdicts),
                row.minute(),
                row.uniform(),
                row.swapped());
        var all = new ArrayList<Given>();
        if (known != null) {
            known.answers().stream()
                    .filter(other -> other.annotator() != annotator)
                    .forEach(all::add);
        }
        all.add(given);
        put(new AnsweredPair(
                row.pair(),
                row.category() == null ? null : name(row.category()),
                name(row.firstModel()),
                name(row.secondModel()),
                List.copyOf(all)));
    }

    private static boolean isLater(Given given, int annotator, long sequence) {
        return given.annotator() == annotator && given.sequence() >= sequence;
    }

    private void takeBack(Row row) {
        takenBack.merge(List.of(row.pair(), row.annotator()), row.sequence(), Math::max);
        var known = pairs.get(row.pair());
        if (known != null) {
            var annotator = number(row.annotator());
            var left = known.where(given -> given.annotator() != annotator || given.sequence() > row.sequence());
            if (left.answers().size() < known.answers().size()) {
                put(left);
            }
        }
    }

    private void put(AnsweredPair pair) {
        pairs.put(pair.id(), pair);
        changes++;
    }

    private int number(UUID annotator) {
        return numbers.computeIfAbsent(annotator, id -> {
            annotators.add(id);
            return annotators.size() - 1;
        });
    }

    private String name(String text) {
        return Objects.requireNonNull(names.computeIfAbsent(text, same -> same));
    }

    private AnswerCode code(String sha256, String answers, String verdicts) {
        return Objects.requireNonNull(codes.computeIfAbsent(List.of(sha256, answers, verdicts), _ -> {
            if (!versions.contains(sha256)) {
                versions.add(sha256);
            }
            return AnswerCode.of(versions.indexOf(sha256), protocols.apply(sha256), answers, verdicts);
        }));
    }

    /** Every label up to this one is here: whoever could still commit an earlier one has ended. */
    long settled() {
        return settled;
    }

    void settle(long upTo) {
        settled = upTo;
    }

    /** The pairs that a lead has taken out: what was said of them stays here, and does not count. */
    void takeOut(Set<UUID> all) {
        if (!takenOut.equals(all)) {
            takenOut = all;
            changes++;
        }
    }

    /**
     * Whose labels do not count from a minute on: they stay here, too.
     *
     * @param all minutes since 1970 by annotator
     */
    void exclude(Map<UUID, Integer> all) {
        if (!excluded.equals(all)) {
            excluded = Map.copyOf(all);
            changes++;
        }
    }

    private AnsweredPair counted(AnsweredPair pair) {
        return excluded.isEmpty() ? pair : pair.where(given -> counts(given));
    }

    private boolean counts(Given given) {
        var since = excluded.get(annotators.get(given.annotator()));
        return since == null || given.minute() < since;
    }

    /** What is here now. */
    Snapshot snapshot() {
        var last = snapshot;
        if (last == null || last.changes != changes) {
            var counted = pairs.values().stream()
                    .filter(pair -> !takenOut.contains(pair.id()))
                    .map(this::counted)
                    .filter(pair -> !pair.answers().isEmpty())
                    .toList();
            last = new Snapshot(counted, List.copyOf(annotators), List.copyOf(versions), changes);
            snapshot = last;
        }
        return last;
    }

    /** The labels at one moment: the same object as long as nothing changes. */
    static final class Snapshot {
        private final List<AnsweredPair> pairs;
        private final List<UUID> annotators;
        private final List<String> versions;
        private final long changes;

        Snapshot(List<AnsweredPair> pairs, List<UUID> annotators, List<String> versions, long changes) {
            this.pairs = pairs;
            this.annotators = annotators;
            this.versions = versions;
            this.changes = changes;
        }

        /** In no order. */
        List<AnsweredPair> pairs() {
            return pairs;
        }

        /** By number. */
        List<UUID> annotators() {
            return annotators;
        }

        /** Digests of the protocol versions, by number. */
        List<String> versions() {
            return versions;
        }
    }
}
