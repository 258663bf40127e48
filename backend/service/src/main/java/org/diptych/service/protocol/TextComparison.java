package org.diptych.service.protocol;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.diptych.service.protocol.ProtocolChange.Kind;
import org.diptych.service.protocol.ProtocolChange.Run;

/** Weaves two versions of a text together, word by word; Chinese, which has no spaces, character by character. */
final class TextComparison {
    private static final Pattern WORD =
            Pattern.compile("\\p{IsHan}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+|\\s+|.", Pattern.DOTALL);

    /** Longer texts are shown one after the other: the search for what they share grows with its square. */
    private static final int MOST_WORDS = 20_000;

    private TextComparison() {}

    /** Both texts in reading order; {@code SAME} and {@code DELETED} make the old one, {@code SAME} and {@code INSERTED} the new. */
    static List<Run> of(String before, String after) {
        var old = words(before);
        var now = words(after);
        var weave = new Weave();
        if (old.size() + now.size() > MOST_WORDS) {
            weave.change(before, after);
            return weave.runs();
        }
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            weave.same(String.join("", old.subList(at, delta.getSource().getPosition())));
            weave.change(
                    String.join("", delta.getSource().getLines()),
                    String.join("", delta.getTarget().getLines()));
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        weave.same(String.join("", old.subList(at, old.size())));
        return weave.runs();
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Collects runs; a lone space between two changes belongs to both, so that a changed phrase reads as one. */
    private static final class Weave {
        private final List<Run> runs = new ArrayList<>();
        private final StringBuilder deleted = new StringBuilder();
        private final StringBuilder inserted = new StringBuilder();
        private String space = "";

        void same(String text) {
            if (text.isBlank() && (!deleted.isEmpty() || !inserted.isEmpty())) {
                space = text;
                return;
            }
            flush();
            add(Kind.SAME, text);
        }

        void change(String before, String after) {
            deleted.append(space).append(before);
            inserted.append(space).append(after);
            space = "";
        }

        List<Run> runs() {
            flush();
            return List.copyOf(runs);
        }

        private void flush() {
            add(Kind.DELETED, deleted.toString());
            add(Kind.INSERTED, inserted.toString());
            add(Kind.SAME, space);
            deleted.setLength(0);
            inserted.setLength(0);
            space = "";
        }

        private void add(Kind kind, String text) {
            if (text.isEmpty()) {
                return;
            }
            if (!runs.isEmpty() && runs.getLast().kind() == kind) {
                runs.set(runs.size() - 1, new Run(kind, runs.getLast().text() + text));
            } else {
                runs.add(new Run(kind, text));
            }
        }
    }
}
