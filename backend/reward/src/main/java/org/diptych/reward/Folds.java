package org.diptych.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A split of labels into folds that keeps the labels of one key together.
 *
 * @param count number of folds
 * @param of fold of every label
 */
record Folds(int count, int[] of) {

    /** Deals the keys to folds in a random order; with fewer keys than folds there are as many folds as keys. */
    static Folds by(List<TrainingExample> examples, Function<TrainingExample, String> key, int folds, Random random) {
        var keys = new ArrayList<>(new TreeSet<>(examples.stream().map(key).toList()));
        Collections.shuffle(keys, random);
        int count = Math.min(folds, keys.size());
        var place = new HashMap<String, Integer>();
        for (int i = 0; i < keys.size(); i++) {
            place.put(keys.get(i), i % count);
        }
        int[] of = new int[examples.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = Lookup.of(place, key.apply(examples.get(i)), "The fold of");
        }
        return new Folds(count, of);
    }
}
