package org.diptych.curation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds copies among candidates of one instruction, by fingerprints within a distance, without looking at all of them. Two that differ in at most d bits of their hashes
 * agree in at least one of d + 1 parts of them, so only those that share a part are compared (multi-index hashing: Norouzi,
 * Punjani, Fleet, 2012).
 */
final class NearIndex {
    private static final int HASH_BITS = 128;
    /** With more parts than this each is so short that nearly everything shares one. */
    private static final int MOST_PARTS = 16;

    private static final int LONGEST_PART = 16;
    private static final int KEY_BITS = 16;

    private final int distance;
    private final int parts;
    private final int partBits;
    private final int[][] heads;
    private final List<Candidate> members = new ArrayList<>();
    private int[][] next;

    NearIndex(int distance) {
        this.distance = distance;
        this.parts = distance < MOST_PARTS ? distance + 1 : 1;
        this.partBits = distance < MOST_PARTS ? Math.min(LONGEST_PART, HASH_BITS / parts) : 0;
        this.heads = new int[parts][1 << KEY_BITS];
        this.next = new int[parts][64];
        for (int[] head : heads) {
            Arrays.fill(head, -1);
        }
    }

    void add(Candidate candidate) {
        int number = members.size();
        members.add(candidate);
        if (number == next[0].length) {
            next = Arrays.stream(next)
                    .map(row -> Arrays.copyOf(row, 2 * row.length))
                    .toArray(int[][]::new);
        }
        for (int part = 0; part < parts; part++) {
            int key = key(candidate, part);
            next[part][number] = heads[part][key];
            heads[part][key] = number;
        }
    }

    /** The one that was added first among those that are copies of it. */
    @Nullable
    Candidate near(Candidate candidate) {
        int found = Integer.MAX_VALUE;
        for (int part = 0; part < parts; part++) {
            for (int number = heads[part][key(candidate, part)]; number >= 0; number = next[part][number]) {
                if (number < found && isCopy(candidate, members.get(number))) {
                    found = number;
                }
            }
        }
        return found == Integer.MAX_VALUE ? null : members.get(found);
    }

    private boolean isCopy(Candidate one, Candidate other) {
        return one.instruction().equals(other.instruction())
                && one.fingerprint().isWithin(distance, other.fingerprint())
                && one.fingerprint().changesLike(other.fingerprint());
    }

    /** Of the part and the instruction; others have the same key now and then. */
    private int key(Candidate candidate, int part) {
        int key = candidate.instruction().hashCode();
        int bits = 0;
        for (int bit = part * partBits; bit < (part + 1) * partBits; bit++) {
            bits = bits << 1 | candidate.fingerprint().hashBit(bit);
        }
        return ((31 * key + bits) * 0x9E3779B1) >>> (Integer.SIZE - KEY_BITS);
    }
}
