package org.diptych.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The true quality of every candidate, for a simulation. One JSON object a line. */
public final class Truth {
    private final Map<Candidate, Ratings> ratings;

    private Truth(Map<Candidate, Ratings> ratings) {
        this.ratings = ratings;
    }

    /**
     * Reads a truth file.
     *
     * @throws InvalidTruthException with file and line, when a line is no truth or lacks a dimension of the protocol
     */
    public static Truth read(Path file, AnswerRules rules) {
        Map<Candidate, Ratings> ratings = new HashMap<>();
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readLine(line, file + ":" + number + ": ", rules, ratings);
                }
            }
        } catch (IOException exception) {
            throw new InvalidTruthException(
                    file + (number == 0 ? "" : ":" + (number + 1)) + ": the truth cannot be read (" + exception + ").");
        }
        return new Truth(ratings);
    }

    /** The true ratings of a candidate. */
    public Optional<Ratings> of(String item, String image) {
        return Optional.ofNullable(ratings.get(new Candidate(item, image)));
    }

    private static void readLine(String line, String place, AnswerRules rules, Map<Candidate, Ratings> ratings) {
        JsonNode row;
        try {
            row = JsonMapper.shared().readTree(line);
        } catch (JacksonException exception) {
            throw new InvalidTruthException(place + "this is not a JSON object.");
        }
        Candidate candidate = new Candidate(text(row, "id", place), text(row, "image", place));
        List<Integer> values = rules.dimensions().stream()
                .map(dimension -> rating(row, dimension, place, rules))
                .toList();
        if (ratings.putIfAbsent(candidate, new Ratings(values)) != null) {
            throw new InvalidTruthException(
                    place + "image: " + candidate.image() + " of item " + candidate.item() + " has a truth already.");
        }
    }

    private static String text(JsonNode row, String field, String place) {
        String text = row.path(field).asString("");
        if (text.isEmpty()) {
            throw new InvalidTruthException(place + field + ": expected a text.");
        }
        return text;
    }

    private static int rating(JsonNode row, String dimension, String place, AnswerRules rules) {
        JsonNode value = row.path(dimension);
        if (value.isMissingNode()) {
            throw new InvalidTruthException(
                    place + dimension + ": this dimension of the protocol " + rules.reference() + " has no truth.");
        }
        if (!value.isInt() || value.intValue() < rules.lowest() || value.intValue() > rules.highest()) {
            throw new InvalidTruthException(place + dimension + ": expected a whole number from " + rules.lowest()
                    + " to " + rules.highest() + ", not " + value + ".");
        }
        return value.intValue();
    }

    private record Candidate(String item, String image) {}

    /**
     * True ratings of one candidate.
     *
     * @param values in the order of the protocol's dimensions
     */
    public record Ratings(List<Integer> values) {}
}
