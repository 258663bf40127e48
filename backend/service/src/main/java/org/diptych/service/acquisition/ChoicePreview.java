package org.diptych.service.acquisition;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The batch that settings would put in front if the active model chose now.
 *
 * @param model number of the version that chooses
 * @param snapshot digest of the data set that is taken for what is known
 * @param policy who would choose
 * @param inPlaceOf the policy that was asked about, where another one would choose for it: choosing was measured to do harm
 * @param open pairs that wait for their first labels, among which it chooses
 * @param labelled labelled pairs that it may ask about again
 * @param perItem most pairs of one item in the batch
 * @param perGroup most pairs of one source image
 * @param newPairs new pairs in the batch
 * @param opinions further opinions in it
 * @param first its first pairs, in order
 */
public record ChoicePreview(
        int model,
        String snapshot,
        String policy,
        @Nullable String inPlaceOf,
        int open,
        int labelled,
        int perItem,
        int perGroup,
        int newPairs,
        int opinions,
        List<Chosen> first) {
    /** Pairs that are listed. */
    public static final int MOST_LISTED = 50;

    public ChoicePreview {
        first = List.copyOf(first);
    }

    /**
     * A chosen pair.
     *
     * @param another whether it has its labels, and another opinion is wanted
     * @param selectionProbability probability with which it is chosen at its rank
     * @param scoreParts what the policy sees, by name
     */
    public record Chosen(UUID pair, boolean another, double selectionProbability, Map<String, Double> scoreParts) {}

    /**
     * Settings to look at before they hold.
     *
     * @param acquisitionPolicy name of the rule
     * @param acquisitionBatch labels at a time, 1 to 10,000
     * @param uniformShare share of the choice that is left to chance, in (0, 1]
     */
    public record Settings(String acquisitionPolicy, int acquisitionBatch, double uniformShare) {}
}
