package org.diptych.service.foreign;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An item in the making: rows about the same item add to its candidates. */
final class TranslatedItem {
    private static final String UNNAMED = "unnamed";

    final String file;
    final int row;
    private final String id;
    private final String instruction;
    private final String source;
    private final @Nullable String category;
    private final List<Candidate> candidates = new ArrayList<>();

    TranslatedItem(String file, int row, String id, String instruction, String source, @Nullable String category) {
        this.file = file;
        this.row = row;
        this.id = id;
        this.instruction = instruction;
        this.source = source;
        this.category = category;
    }

    private record Candidate(String model, String image, boolean named) {}

    /** Whether another row may be about the same item. */
    boolean isOf(String otherInstruction, String otherSource) {
        return instruction.equals(otherInstruction) && source.equals(otherSource);
    }

    /**
     * The place of an edit among the candidates, which it joins where it is new.
     *
     * @param model null where the file does not say; the edit is then named after its place
     */
    int place(@Nullable String model, String image) {
        for (int place = 0; place < candidates.size(); place++) {
            var candidate = candidates.get(place);
            if (candidate.image().equals(image)
                    && candidate.named() == (model != null)
                    && (model == null || model.equals(candidate.model()))) {
                return place;
            }
        }
        candidates.add(
                new Candidate(model == null ? UNNAMED + "-" + (candidates.size() + 1) : model, image, model != null));
        return candidates.size() - 1;
    }

    /** As a row of a manifest: nothing that tools count up or touch, or an item would be another one at every export. */
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
        return item;
    }
}
