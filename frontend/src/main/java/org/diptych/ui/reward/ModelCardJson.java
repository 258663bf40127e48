package org.diptych.ui.reward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diptych.ui.chart.CalibrationPlot;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model card as stored. Its text is the worker's own, so it is read leniently: what is there is shown.
 *
 * @param root the document
 */
record ModelCardJson(JsonNode root) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BRIEF = 12;
    private static final int LONGEST_VALUE = 48;

    static ModelCardJson of(String json) {
        try {
            return new ModelCardJson(JSON.readTree(json));
        } catch (JacksonException e) {
            return new ModelCardJson(JSON.createObjectNode());
        }
    }

    /** A part of the card, empty when there is none. */
    ModelCardJson part(String name) {
        return new ModelCardJson(root.path(name));
    }

    /** The plain values of this part by name, those of nested objects under their path; lists are left out. */
    Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        collect("", root, facts);
        return facts;
    }

    /** The plain values of this part alone. */
    Map<String, String> ownFacts() {
        var facts = new LinkedHashMap<String, String>();
        root.properties().forEach(entry -> plain(words(entry.getKey()), entry.getValue(), facts));
        return facts;
    }

    /** The reliability curve of the overall verdict; bins without answers are left out. */
    List<CalibrationPlot.Bin> reliability() {
        var bins = new ArrayList<CalibrationPlot.Bin>();
        for (var bin : root.path("overall").path("curve")) {
            double weight = bin.path("weight").asDouble(0);
            if (weight > 0) {
                bins.add(CalibrationPlot.Bin.of(
                        bin.path("predicted").asDouble(0), bin.path("observed").asDouble(0), weight));
            }
        }
        return bins;
    }

    /**
     * Calibration of one head on held-out labels. What could not be measured is NaN.
     *
     * @param dimension its id; empty for the overall score
     * @param accuracy share of right verdicts, ties left out
     * @param error expected calibration error
     * @param brier Brier score
     * @param slope one over the temperature
     * @param eta tie threshold
     */
    record HeadCalibration(String dimension, double accuracy, double error, double brier, double slope, double eta) {}

    /** Every head's calibration, the overall score's last; empty if there is none. */
    List<HeadCalibration> calibrations() {
        var all = new ArrayList<HeadCalibration>();
        for (var head : root.path("heads")) {
            all.add(calibration(head.path("dimension").asString(""), head.path("calibration")));
        }
        if (root.path("overall").isObject()) {
            all.add(calibration("", root.path("overall")));
        }
        return all;
    }

    private static HeadCalibration calibration(String dimension, JsonNode node) {
        return new HeadCalibration(
                dimension,
                number(node, "accuracy"),
                number(node, "calibrationError"),
                number(node, "brier"),
                number(node, "slope"),
                number(node, "eta"));
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).isNumber() ? node.path(name).asDouble() : Double.NaN;
    }

    private static void collect(String path, JsonNode node, Map<String, String> facts) {
        node.properties().forEach(entry -> {
            var name = words(entry.getKey());
            var full = path.isEmpty() ? name : path + ", " + name.toLowerCase(Locale.ROOT);
            if (entry.getValue().isObject()) {
                collect(full, entry.getValue(), facts);
            } else {
                plain(full, entry.getValue(), facts);
            }
        });
    }

    private static void plain(String name, JsonNode value, Map<String, String> facts) {
        if (value.isIntegralNumber() || value.isBoolean()) {
            facts.put(name, value.asString());
        } else if (value.isNumber()) {
            facts.put(name, String.format(Locale.ROOT, "%.4g", value.asDouble()));
        } else if (value.isString()) {
            var text = value.asString();
            facts.put(name, text.length() <= LONGEST_VALUE ? text : text.substring(0, BRIEF) + "…");
        }
    }

    /** {@code learningRate} and {@code learning_rate} as {@code Learning rate}. */
    private static String words(String key) {
        var spaced = key.replace('_', ' ').replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
