package org.diptych.service.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.diptych.protocol.Verdict;
import org.diptych.statistics.annotator.Consensus;
import org.diptych.statistics.annotator.ConsensusModel;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.LabelTable;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a campaign in compact columns, a few dozen bytes each, as they were at one moment. Every ranking of that
 * moment is made from them, so that nothing else is read for it.
 */
final class LabelRows {
    /** Verdicts in the order of their codes. */
    static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private static final byte ABSENT = -1;

    private final List<String> dimensions;
    private final List<String> models = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();
    private final Map<UUID, Integer> pairs = new HashMap<>();
    private final Map<String, Integer> modelIndex = new HashMap<>();
    private final Map<String, Integer> categoryIndex = new HashMap<>();
    private final Map<String, Integer> sources = new HashMap<>();
    private final Map<UUID, Integer> annotators = new HashMap<>();
    private final Map<Integer, double[]> posteriors = new ConcurrentHashMap<>();
    private int size;
    private int pairCount;
    private int annotatorCount;

    /** Ids of the pairs in their order, and the number of each. */
    private UUID[] id = new UUID[0];

    private int[] numberOf = new int[0];
    private int[] pair = new int[256];
    private int[] annotator = new int[256];
    private double[] weight = new double[256];
    private boolean[] swapped = new boolean[256];
    private boolean[] uniform = new boolean[256];
    private byte[] verdict;

    /** By pair. */
    private int[] first = new int[256];

    private int[] second = new int[256];
    private int[] source = new int[256];
    private int[] category = new int[256];

    LabelRows(List<String> dimensions) {
        this.dimensions = List.copyOf(dimensions);
        this.verdict = new byte[256 * dimensions.size()];
    }

    /** Two edits of one item. */
    record Task(
            UUID id,
            String first,
            String second,
            String source,
            @Nullable String category) {}

    /**
     * Adds a label.
     *
     * @param counts what it counts where all labels are ranked
     */
    void add(Task task, UUID by, boolean isSwapped, boolean isUniform, double counts, Map<String, Verdict> verdicts) {
        if (size == pair.length) {
            pair = Arrays.copyOf(pair, 2 * size);
            annotator = Arrays.copyOf(annotator, 2 * size);
            weight = Arrays.copyOf(weight, 2 * size);
            swapped = Arrays.copyOf(swapped, 2 * size);
            uniform = Arrays.copyOf(uniform, 2 * size);
            verdict = Arrays.copyOf(verdict, 2 * verdict.length);
        }
        pair[size] = pair(task);
        annotator[size] = annotators.computeIfAbsent(by, _ -> annotators.size());
        weight[size] = counts;
        swapped[size] = isSwapped;
        uniform[size] = isUniform;
        for (int dimension = 0; dimension < dimensions.size(); dimension++) {
            var said = verdicts.get(dimensions.get(dimension));
            verdict[size * dimensions.size() + dimension] = said == null ? ABSENT : (byte) said.ordinal();
        }
        size++;
    }

    /** Nothing more is added: what was only needed for that is let go. */
    LabelRows complete() {
        pairCount = pairs.size();
        id = pairs.keySet().toArray(UUID[]::new);
        Arrays.sort(id);
        numberOf = new int[id.length];
        Arrays.setAll(numberOf, place -> Objects.requireNonNull(pairs.get(id[place])));
        pairs.clear();
        sources.clear();
        annotatorCount = annotators.size();
        annotators.clear();
        return this;
    }

    private int pair(Task task) {
        var known = pairs.get(task.id());
        if (known != null) {
            return known;
        }
        int number = pairs.size();
        pairs.put(task.id(), number);
        if (number == first.length) {
            first = Arrays.copyOf(first, 2 * number);
            second = Arrays.copyOf(second, 2 * number);
            source = Arrays.copyOf(source, 2 * number);
            category = Arrays.copyOf(category, 2 * number);
        }
        first[number] = index(modelIndex, models, task.first());
        second[number] = index(modelIndex, models, task.second());
        source[number] = sources.computeIfAbsent(task.source(), _ -> sources.size());
        var named = task.category();
        category[number] = named == null ? -1 : index(categoryIndex, categories, named);
        return number;
    }

    private static int index(Map<String, Integer> index, List<String> names, String name) {
        return index.computeIfAbsent(name, _ -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    List<String> dimensions() {
        return dimensions;
    }

    List<String> models() {
        return models;
    }

    List<String> categories() {
        return List.copyOf(new TreeSet<>(categories));
    }

    /** The number of a category; -1 for one that no label has. */
    int category(String name) {
        return categoryIndex.getOrDefault(name, -1);
    }

    int size() {
        return size;
    }

    int pairs() {
        return pairCount;
    }

    int pair(int row) {
        return pair[row];
    }

    boolean swapped(int row) {
        return swapped[row];
    }

    boolean uniform(int row) {
        return uniform[row];
    }

    double weight(int row) {
        return weight[row];
    }

    /** What a label says; null where its protocol has no such dimension. */
    @Nullable
    Verdict verdict(int row, int dimension) {
        byte code = verdict[row * dimensions.size() + dimension];
        return code == ABSENT ? null : VERDICTS.get(code);
    }

    int first(int ofPair) {
        return first[ofPair];
    }

    int second(int ofPair) {
        return second[ofPair];
    }

    int source(int ofPair) {
        return source[ofPair];
    }

    int categoryOf(int ofPair) {
        return category[ofPair];
    }

    /**
     * What the labels of a pair say together: the probability of a verdict by the product's model of its annotators, or
     * the share of the votes where that does not converge.
     */
    double posterior(int ofPair, int dimension, Verdict of) {
        return posteriors.computeIfAbsent(dimension, this::posteriors)[ofPair * VERDICTS.size() + of.ordinal()];
    }

    /** The same of overall for a pair by its id, if it has labels. */
    @Nullable
    Double certainty(UUID ofPair, Verdict of) {
        int place = Arrays.binarySearch(id, ofPair);
        return place < 0 ? null : (Double) posterior(numberOf[place], 0, of);
    }

    private double[] posteriors(int dimension) {
        int classes = VERDICTS.size();
        int[] task = new int[size];
        int[] by = new int[size];
        int[] label = new int[size];
        int used = 0;
        var shares = new double[pairCount * classes];
        for (int row = 0; row < size; row++) {
            var said = verdict(row, dimension);
            if (said != null) {
                task[used] = pair[row];
                by[used] = annotator[row];
                label[used++] = said.ordinal();
                shares[pair[row] * classes + said.ordinal()]++;
            }
        }
        var table = LabelTable.of(
                pairCount,
                annotatorCount,
                classes,
                Arrays.copyOf(task, used),
                Arrays.copyOf(by, used),
                Arrays.copyOf(label, used));
        if (used > 0 && new ConsensusModel().consensus(table) instanceof Fit.Converged<Consensus> fitted) {
            for (int each = 0; each < pairCount; each++) {
                System.arraycopy(fitted.result().posterior(each), 0, shares, each * classes, classes);
            }
            return shares;
        }
        for (int each = 0; each < pairCount; each++) {
            double votes = 0;
            for (int one = 0; one < classes; one++) {
                votes += shares[each * classes + one];
            }
            for (int one = 0; one < classes; one++) {
                shares[each * classes + one] /= Math.max(1, votes);
            }
        }
        return shares;
    }
}
