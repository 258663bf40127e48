package org.diptych.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the truth of a pair from what an annotator sees: two pictures by their digests. The item is not shown, and one
 * picture may serve several items (an edit that changed nothing), so the item is the one that has both.
 */
public final class KnownPairs {
    private final Map<String, Map<String, Truth.Ratings>> itemsOfPicture = new HashMap<>();

    /** Notes a candidate with its truth. Of two candidates of an item with the same bytes either truth is right. */
    public void add(String item, String sha256, Truth.Ratings truth) {
        itemsOfPicture.computeIfAbsent(sha256, unused -> new HashMap<>()).putIfAbsent(item, truth);
    }

    /** Whether no candidate is known at all. */
    public boolean isEmpty() {
        return itemsOfPicture.isEmpty();
    }

    /** The pair shown with these pictures, or empty when the truth of either is unknown. */
    public Optional<Pair> find(String leftSha256, String rightSha256) {
        Map<String, Truth.Ratings> left = itemsOfPicture.getOrDefault(leftSha256, Map.of());
        Map<String, Truth.Ratings> right = itemsOfPicture.getOrDefault(rightSha256, Map.of());
        return left.entrySet().stream()
                .filter(entry -> right.containsKey(entry.getKey()))
                .min(Map.Entry.comparingByKey())
                .map(entry -> new Pair(
                        entry.getKey(),
                        leftSha256,
                        rightSha256,
                        entry.getValue(),
                        right.getOrDefault(entry.getKey(), entry.getValue())));
    }

    /**
     * Two candidates as they are shown.
     *
     * @param item the item's id in the manifest
     * @param leftSha256 picture at the left
     * @param rightSha256 picture at the right
     * @param left truth of the left one
     * @param right truth of the right one
     */
    public record Pair(String item, String leftSha256, String rightSha256, Truth.Ratings left, Truth.Ratings right) {}
}
