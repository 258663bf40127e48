package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.diptych.statistics.acquisition.FeatureMatrix;

/**
 * Reads rows of strings into a {@link ReplayTable}; the caller brings the file format.
 *
 * <p>Columns are known by their header: {@code uid} (item), {@code model} (editor), {@code r<number>_<scale>} (a human
 * score; a rater's scores on all scales are summed), and everything else is a feature. Empty means missing. Models whose
 * features are mostly missing take no part; then features with at most 90 % answers are dropped, missing values become
 * the column's mean, columns are standardised and constant ones dropped.
 */
public final class ReplayTableReader {
    /** A row that cannot be read: which line of the file, which column, and what to do. */
    public static final class MalformedTableException extends RuntimeException {
        private final long line;

        MalformedTableException(long line, String message) {
            super(message);
            this.line = line;
        }

        /** Line of the file, from 1. */
        public long line() {
            return line;
        }
    }

    private static final Pattern HUMAN = Pattern.compile("(r\\d+)_\\w+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    /** Share of answers that a column needs. */
    private static final double ANSWERS = .9;

    private final List<String> header;
    private final int itemColumn;
    private final int modelColumn;
    private final List<int[]> raters;
    private final int[] featureColumns;
    private final List<String> items = new ArrayList<>();
    private final List<String> models = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();
    private final List<double[]> features = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();

    /**
     * Starts with the header.
     *
     * @throws MalformedTableException when a column is missing or named twice
     */
    public ReplayTableReader(List<String> names) {
        header = names.stream().map(String::strip).toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new MalformedTableException(1, "Two columns have the same name; rename one");
        }
        itemColumn = required("uid");
        modelColumn = required("model");
        Map<String, List<Integer>> byRater = new LinkedHashMap<>();
        var rest = new ArrayList<Integer>();
        for (int column = 0; column < header.size(); column++) {
            var human = HUMAN.matcher(header.get(column));
            if (human.matches()) {
                byRater.computeIfAbsent(human.group(1), rater -> new ArrayList<>())
                        .add(column);
            } else if (column != itemColumn && column != modelColumn) {
                rest.add(column);
            }
        }
        if (byRater.isEmpty()) {
            throw new MalformedTableException(
                    1, "No human scores: a column such as r1_SC is needed per rater and scale");
        }
        if (rest.isEmpty()) {
            throw new MalformedTableException(1, "No features: at least one numeric column beside the human scores");
        }
        raters = byRater.values().stream()
                .map(columns -> columns.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        featureColumns = rest.stream().mapToInt(Integer::intValue).toArray();
    }

    private int required(String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new MalformedTableException(1, "The column \"%s\" is missing".formatted(name));
        }
        return column;
    }

    /**
     * Adds one row.
     *
     * @param line its line in the file, for messages
     * @throws MalformedTableException when it has the wrong number of fields, a text where a number belongs, or repeats
     *     an edit
     */
    public void add(long line, List<String> fields) {
        if (fields.size() != header.size()) {
            throw new MalformedTableException(
                    line, "%d fields, but the header names %d".formatted(fields.size(), header.size()));
        }
        String item = fields.get(itemColumn).strip();
        String model = fields.get(modelColumn).strip();
        if (item.isBlank() || model.isBlank()) {
            throw new MalformedTableException(line, "uid and model must not be empty");
        }
        if (!seen.add(List.of(item, model))) {
            throw new MalformedTableException(line, "A second row for uid %s, model %s".formatted(item, model));
        }
        items.add(item);
        models.add(model);
        features.add(Arrays.stream(featureColumns)
                .mapToDouble(column -> number(line, column, fields))
                .toArray());
        // a sum with a missing scale is missing: NaN spreads
        scores.add(raters.stream()
                .mapToDouble(columns -> Arrays.stream(columns)
                        .mapToDouble(column -> number(line, column, fields))
                        .sum())
                .toArray());
    }

    private double number(long line, int column, List<String> fields) {
        String text = fields.get(column).strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        // Java's own notation of numbers has more: 1f, 0x1p3
        if (NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
            return Double.parseDouble(text);
        }
        throw new MalformedTableException(
                line,
                "Column %s holds \"%s\"; a finite number or nothing is expected".formatted(header.get(column), text));
    }

    /**
     * The table of all rows added.
     *
     * @throws MalformedTableException when no pair or no usable feature is left
     */
    public ReplayTable table() {
        int[] edits = answeredModels();
        var columns = new ArrayList<float[]>();
        for (int feature = 0; feature < featureColumns.length; feature++) {
            float[] column = standardised(feature, edits);
            if (column.length > 0) {
                columns.add(column);
            }
        }
        if (edits.length == 0 || columns.isEmpty()) {
            throw new MalformedTableException(
                    1, "No usable feature: every column is constant or has at most 90 % answers");
        }
        var matrix = FeatureMatrix.zeros(edits.length, columns.size());
        var itemNumbers = new HashMap<String, Integer>();
        var itemOfEdit = new int[edits.length];
        var scoresOfEdit = new double[edits.length][];
        for (int edit = 0; edit < edits.length; edit++) {
            var row = new float[columns.size()];
            for (int column = 0; column < row.length; column++) {
                row[column] = columns.get(column)[edit];
            }
            matrix.set(edit, row);
            itemOfEdit[edit] = itemNumbers.computeIfAbsent(items.get(edits[edit]), item -> itemNumbers.size());
            scoresOfEdit[edit] = scores.get(edits[edit]);
        }
        var table = ReplayTable.ofScores(matrix, itemOfEdit, scoresOfEdit);
        if (table.pairs() == 0) {
            throw new MalformedTableException(1, "No item has two edits with features, so there is no pair");
        }
        return table;
    }

    /** Rows of the models that have at least half of their features. */
    private int[] answeredModels() {
        var answers = new HashMap<String, int[]>();
        for (int row = 0; row < models.size(); row++) {
            var count = answers.computeIfAbsent(models.get(row), model -> new int[2]);
            for (double value : features.get(row)) {
                count[0] += Double.isNaN(value) ? 0 : 1;
                count[1]++;
            }
        }
        var rows = new ArrayList<Integer>();
        for (int row = 0; row < models.size(); row++) {
            int[] count = answers.getOrDefault(models.get(row), new int[2]);
            if (2 * count[0] >= count[1]) {
                rows.add(row);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Empty when the column is of no use. */
    private float[] standardised(int feature, int[] edits) {
        double sum = 0;
        int answers = 0;
        for (int edit : edits) {
            double value = features.get(edit)[feature];
            if (!Double.isNaN(value)) {
                sum += value;
                answers++;
            }
        }
        if (answers <= ANSWERS * edits.length) {
            return new float[0];
        }
        double mean = sum / answers;
        double squares = 0;
        for (int edit : edits) {
            double value = features.get(edit)[feature];
            squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / edits.length);
        if (!(deviation > 1e-12 * Math.max(1, Math.abs(mean)))) {
            return new float[0];
        }
        var column = new float[edits.length];
        for (int edit = 0; edit < column.length; edit++) {
            double value = features.get(edits[edit])[feature];
            column[edit] = Double.isNaN(value) ? 0 : (float) ((value - mean) / deviation);
        }
        return column;
    }
}
