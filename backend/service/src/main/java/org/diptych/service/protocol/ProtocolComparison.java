package org.diptych.service.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.protocol.ProtocolChange.Change;
import org.diptych.service.protocol.ProtocolChange.Kind;
import org.diptych.service.protocol.ProtocolChange.Part;
import org.diptych.service.protocol.ProtocolChange.Run;
import org.diptych.service.protocol.ProtocolChange.Section;
import org.diptych.service.protocol.ProtocolChange.Version;

/** Compares what annotators read in two versions of a protocol. */
public final class ProtocolComparison {
    private ProtocolComparison() {}

    /**
     * What is different, place by place.
     *
     * @param language language of the texts, such as {@code zh}; English where a text has no other
     */
    public static ProtocolChange of(ProtocolDocument from, ProtocolDocument to, String language) {
        var before = Passage.of(from, language);
        var after = Passage.of(to, language);
        var byPart = new EnumMap<Part, List<Section>>(Part.class);
        after.forEach((key, passage) -> {
            var old = before.get(key);
            if (old == null) {
                add(byPart, passage, Change.ADDED, List.of(new Run(Kind.INSERTED, passage.text())));
            } else if (!old.text().equals(passage.text())) {
                add(byPart, passage, Change.CHANGED, TextComparison.of(old.text(), passage.text()));
            }
        });
        before.forEach((key, passage) -> {
            if (!after.containsKey(key)) {
                add(byPart, passage, Change.REMOVED, List.of(new Run(Kind.DELETED, passage.text())));
            }
        });
        return new ProtocolChange(
                Version.of(from, language),
                Version.of(to, language),
                byPart.values().stream().flatMap(List::stream).toList());
    }

    private static void add(EnumMap<Part, List<Section>> sections, Passage passage, Change change, List<Run> runs) {
        sections.computeIfAbsent(passage.part(), part -> new ArrayList<>())
                .add(new Section(passage.part(), passage.title(), change, runs));
    }
}
