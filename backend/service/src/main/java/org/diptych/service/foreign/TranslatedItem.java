package org.diptych.service.foreign;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An item in the making: rows about the same item add to its candidates. */
final class TranslatedItem {
    final String file;
    final int row;
    private final String id;
    private final String instruction;
    private final String source;
    private final @Nullable String category;
    private final ObjectNode metadata;
    private final List<Candidate> candidates = new ArrayList<>();

    TranslatedItem(
            String file,
            int row,
            String id,
            String instruction,
            String source,
            @Nullable String category,
            ObjectNode metadata) {
        this.file = file;
        this.row = row;
        this.id = id;
        this.instruction = instruction;
        this.source = source;
        this.category = category;
        this.metadata = metadata;
    }

    private record Candidate(String model, String image) {}

    /** Whether another row may be about the same item. */
    boolean isOf(String otherInstruction, String otherSource) {
        return instruction.equals(otherInstruction) && source.equals(otherSource);
    }

    /** The place of an edit among the candidates, which it joins where it is new. */
    int place(String model, String image) {
        var candidate = new Candidate(model, image);
        int place = candidates.indexOf(candidate);
        if (place < 0) {
            candidates.add(candidate);
            place = candidates.size() - 1;
        }
        return place;
    }

    /** As a row of a manifest. */
    ObjectNode manifestRow() {
        var item = JsonNodeFactory.instance.objectNode();
        item.put("id", id);
        item.put("instruction", instruction);
        item.put("source", source);
        if (category != null) {
            item.put("category", category);
        }
        var list = item.putArray("candidates");
        candidates.forEach(
                candidate -> list.addObject().put("model", candidate.model()).put("image", candidate.image()));
        item.set("imported", metadata);
        return item;
    }
}
