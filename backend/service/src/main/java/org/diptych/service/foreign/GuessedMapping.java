package org.diptych.service.foreign;

import java.util.List;
import org.diptych.service.problem.Problem;

/**
 * What a mapping seems to be.
 *
 * @param mapping to be edited where it is wrong
 * @param candidates fields that may each be the verdict, where more than one may; of these somebody has to choose
 */
public record GuessedMapping(ImportMapping mapping, List<String> candidates) {
    public GuessedMapping {
        candidates = List.copyOf(candidates);
    }

    /**
     * The mapping, where it is no matter of choice.
     *
     * @throws Problem {@code ambiguous_mapping}, which names the fields
     */
    public ImportMapping requireCertain() {
        if (!candidates.isEmpty()) {
            throw Problem.invalid(
                    "ambiguous_mapping",
                    "mapping.verdict",
                    "Several fields may be the verdict: " + Fields.shown(String.join(", ", candidates))
                            + ". Say in a mapping which of them is (--mapping; --show-mapping prints one to begin with):"
                            + " imported labels are never changed.");
        }
        return mapping;
    }
}
