package org.diptych.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;

/** What the held-out items share with no training item. */
enum Grouping {
    PHOTOS(6, 1),
    INSTRUCTIONS(1, 6),
    /** Every item is held out once; items that share only its photo or only its instruction take part on neither side. */
    PHOTOS_AND_INSTRUCTIONS(4, 4);

    private final int photoFolds;
    private final int instructionFolds;

    Grouping(int photoFolds, int instructionFolds) {
        this.photoFolds = photoFolds;
        this.instructionFolds = instructionFolds;
    }

    /**
     * One split.
     *
     * @param training what a model may learn from
     * @param test what it is judged on
     */
    record Split(List<EditSet.Item> training, List<EditSet.Item> test) {}

    List<Split> splits(List<EditSet.Item> items, Random random) {
        int[] photos = folds(items, EditSet.Item::source, photoFolds, random);
        int[] instructions = folds(items, EditSet.Item::instruction, instructionFolds, random);
        var splits = new ArrayList<Split>();
        for (int p = 0; p < photoFolds; p++) {
            for (int q = 0; q < instructionFolds; q++) {
                var split = new Split(new ArrayList<>(), new ArrayList<>());
                for (int i = 0; i < items.size(); i++) {
                    boolean photoHeld = photoFolds == 1 || photos[i] == p;
                    boolean instructionHeld = instructionFolds == 1 || instructions[i] == q;
                    if (photoHeld && instructionHeld) {
                        split.test().add(items.get(i));
                    } else if ((photoFolds == 1 || !photoHeld) && (instructionFolds == 1 || !instructionHeld)) {
                        split.training().add(items.get(i));
                    }
                }
                if (!split.test().isEmpty()) {
                    splits.add(split);
                }
            }
        }
        return splits;
    }

    /** Its name in tables. */
    String title() {
        return "unseen " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int[] folds(List<EditSet.Item> items, Function<EditSet.Item, String> key, int folds, Random random) {
        var keys = new ArrayList<>(new TreeSet<>(items.stream().map(key).toList()));
        Collections.shuffle(keys, random);
        return items.stream()
                .mapToInt(item -> keys.indexOf(key.apply(item)) % folds)
                .toArray();
    }
}
