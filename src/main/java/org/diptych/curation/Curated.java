package org.diptych.curation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.diptych.protocol.text.Sha256;

/**
 * A scored set with what became of its candidates.
 *
 * @param journal the scores
 * @param ids of the candidates, by their ordinals
 * @param choice what became of them
 * @param examples ordinals of the candidates that the report shows, by decile of the overall score, the best first
 */
public record Curated(ScoreJournal journal, List<String> ids, Choice choice, List<List<Integer>> examples) {
    private static final int DECILES = 10;
    private static final int EXAMPLES = 2;

    public Curated {
        ids = List.copyOf(ids);
        examples = List.copyOf(examples);
    }

    /** What choosing looks at of each candidate, in the order in which they were scored. */
    public static List<Candidate> candidates(ScoreJournal journal) throws IOException {
        var candidates = new ArrayList<Candidate>();
        var texts = new HashMap<String, String>();
        journal.forEach(row -> {
            // one text for all candidates of a row, and of a category
            String item = texts.computeIfAbsent(key(row.item()), text -> text);
            String instruction = texts.computeIfAbsent(key(row.wording()), text -> text);
            String category = row.category() == null ? null : texts.computeIfAbsent(row.category(), text -> text);
            for (var edit : row.edits()) {
                candidates.add(new Candidate(
                        candidates.size(),
                        row.id() + "/" + edit.image(),
                        item,
                        instruction,
                        category,
                        key(row.item() + " " + edit.file()),
                        edit.overall().mu(),
                        edit.overall().doubt(),
                        Fingerprint.parse(edit.fingerprint())));
            }
        });
        return candidates;
    }

    private static String key(String text) {
        return Sha256.hexadecimal(text).substring(0, 24);
    }

    /**
     * Chooses.
     *
     * @param seed of the examples that are shown
     */
    public static Curated of(ScoreJournal journal, List<Candidate> candidates, Rules rules, long seed) {
        return new Curated(
                journal,
                candidates.stream().map(Candidate::id).toList(),
                Choice.of(candidates, rules),
                examples(candidates, new SplittableRandom(seed)));
    }

    private static List<List<Integer>> examples(List<Candidate> candidates, SplittableRandom random) {
        var ranked = candidates.stream().sorted(Choice.BETTER_FIRST).toList();
        var deciles = new ArrayList<List<Integer>>();
        for (int decile = 0; decile < DECILES; decile++) {
            int from = (int) ((long) decile * ranked.size() / DECILES);
            int to = (int) ((long) (decile + 1) * ranked.size() / DECILES);
            var shown = new TreeSet<Integer>();
            for (int i = 0; i < EXAMPLES && to > from; i++) {
                shown.add(from + random.nextInt(to - from));
            }
            deciles.add(shown.stream().map(place -> ranked.get(place).ordinal()).toList());
        }
        return deciles;
    }

    /** Whether a candidate is in the subset. */
    boolean isChosen(int ordinal) {
        return choice.outcome(ordinal).reason() == Reason.CHOSEN;
    }

    /** A row with the ordinal of its first candidate. */
    interface Visitor {
        void row(ScoredRow row, int ordinal) throws IOException;
    }

    /** Tells all rows with the ordinals of their candidates. */
    void forEach(Visitor visitor) throws IOException {
        int[] ordinal = {0};
        journal.forEach(row -> {
            visitor.row(row, ordinal[0]);
            ordinal[0] += row.edits().size();
        });
    }

    /** The files of the pictures that are copied, and those that are shown, with the rows they are in. */
    Wanted wanted() throws IOException {
        var wanted = new Wanted(new HashMap<>(), new HashSet<>(), new HashSet<>());
        var shown = new HashSet<Integer>();
        examples.forEach(shown::addAll);
        forEach((row, first) -> {
            for (int i = 0; i < row.edits().size(); i++) {
                boolean chosen = isChosen(first + i);
                if (chosen || shown.contains(first + i)) {
                    wanted.rows()
                            .computeIfAbsent(row.input(), input -> new BitSet())
                            .set((int) row.row());
                    var files = chosen ? wanted.copied() : wanted.shown();
                    files.add(row.sourceFile());
                    files.add(row.edits().get(i).file());
                }
                if (shown.contains(first + i)) {
                    wanted.shown().add(row.sourceFile());
                    wanted.shown().add(row.edits().get(i).file());
                }
            }
        });
        return wanted;
    }

    /** Rows by input, and files. */
    record Wanted(Map<Integer, BitSet> rows, Set<String> copied, Set<String> shown) {}
}
