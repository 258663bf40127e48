package org.diptych.statistics.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Readers of the published human ratings among the test resources. */
public final class PublishedRatings {

    private PublishedRatings() {}

    /**
     * Ratings of one ImagenHub task.
     *
     * @param models the editing models, in the order of the columns
     * @param semantics [rater][item][model] semantic consistency: 0, 0.5 or 1
     * @param quality [rater][item][model] perceptual quality: 0, 0.5 or 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ImagenHub(List<String> models, double[][][] semantics, double[][][] quality) {

        public int raters() {
            return semantics.length;
        }

        public int items() {
            return semantics[0].length;
        }

        /** The benchmark's overall score, sqrt(SC * PQ). */
        public double overall(int rater, int item, int model) {
            return Math.sqrt(semantics[rater][item][model] * quality[rater][item][model]);
        }
    }

    /** @param task {@code Text-Guided_IE} or {@code Mask-Guided_IE} */
    public static ImagenHub imagenHub(String task) {
        double[][][] semantics = new double[3][][];
        double[][][] quality = new double[3][][];
        List<String> models = List.of();
        List<String> items = List.of();
        for (int rater = 0; rater < 3; rater++) {
            List<List<String>> table = table("/imagenhub/%s_rater%d.tsv".formatted(task, rater + 1));
            List<String> header = table.getFirst();
            models = header.subList(1, header.size());
            List<List<String>> rows = table.subList(1, table.size());
            List<String> names = rows.stream().map(List::getFirst).toList();
            if (rater > 0 && !names.equals(items)) {
                throw new IllegalStateException("The raters' files do not list the same items");
            }
            items = names;
            semantics[rater] = new double[rows.size()][models.size()];
            quality[rater] = new double[rows.size()][models.size()];
            for (int item = 0; item < rows.size(); item++) {
                for (int model = 0; model < models.size(); model++) {
                    String[] cell = rows.get(item)
                            .get(model + 1)
                            .replaceAll("[\\[\\] ]", "")
                            .split(",");
                    semantics[rater][item][model] = Double.parseDouble(cell[0]);
                    quality[rater][item][model] = Double.parseDouble(cell[1]);
                }
            }
        }
        return new ImagenHub(models, semantics, quality);
    }

    /** DSG's ratings of TIFA160 images: unit → worker (0..4) → rating 1..5; not every worker rated every unit. */
    public static Map<String, Map<Integer, Integer>> textImageConsistency() {
        Map<String, Map<Integer, Integer>> ratings = new LinkedHashMap<>();
        List<List<String>> table = table("/tifa/dsg_tifa160_likert.tsv");
        for (List<String> row : table.subList(1, table.size())) {
            ratings.computeIfAbsent(row.get(0) + " " + row.get(1), unit -> new LinkedHashMap<>())
                    .put(Integer.parseInt(row.get(2).substring(1)) - 1, Integer.parseInt(row.get(3)));
        }
        return ratings;
    }

    /** The rows of a tab-separated resource, header first. */
    public static List<List<String>> table(String resource) {
        try (InputStream stream =
                Objects.requireNonNull(PublishedRatings.class.getResourceAsStream(resource), resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            List<List<String>> rows = new ArrayList<>();
            text.lines().forEach(line -> rows.add(List.of(line.split("\t", -1))));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
