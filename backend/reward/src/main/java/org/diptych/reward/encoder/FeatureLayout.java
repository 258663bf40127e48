package org.diptych.reward.encoder;

import java.util.HashSet;
import java.util.List;

/**
 * The blocks of a feature vector, in order.
 *
 * @param blocks at least one, with different names
 */
public record FeatureLayout(List<FeatureBlock> blocks) {

    public FeatureLayout {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("a feature layout needs at least one block");
        }
        var names = new HashSet<String>();
        for (var block : blocks) {
            if (!names.add(block.name())) {
                throw new IllegalArgumentException("two blocks are called " + block.name());
            }
        }
    }

    /** A layout of one block, for encoders whose features have no inner structure. */
    public static FeatureLayout of(String name, FeatureBlock.Kind kind, int size) {
        return new FeatureLayout(List.of(new FeatureBlock(name, kind, size)));
    }

    /** The sum of all block sizes. */
    public int dimension() {
        return blocks.stream().mapToInt(FeatureBlock::size).sum();
    }

    /**
     * Where a block starts.
     *
     * @throws IllegalArgumentException if there is no such block
     */
    public int offset(String name) {
        int offset = 0;
        for (var block : blocks) {
            if (block.name().equals(name)) {
                return offset;
            }
            offset += block.size();
        }
        throw new IllegalArgumentException("no block is called " + name);
    }
}
