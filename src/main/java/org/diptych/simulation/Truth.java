package org.diptych.simulation;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diptych.service.campaign.JsonLine;
import org.diptych.service.campaign.ManifestLines;
import org.diptych.service.campaign.ManifestPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The true quality of every candidate, for a simulation. One JSON object a line. */
public final class Truth {
    private static final int LONGEST_LINE = 1_000_000;

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
        try (ManifestLines lines = new ManifestLines(Files.newInputStream(file), LONGEST_LINE)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                String place = file + ":" + line.number() + ": ";
                String text = line.text();
                if (text == null) {
                    throw new InvalidTruthException(place + line.reason() + ".");
                }
                readLine(text, place, rules, ratings);
            }
        } catch (IOException exception) {
            throw new InvalidTruthException(file + ": this file cannot be read. May you read it?");
        }
        return new Truth(ratings);
    }

    /** The true ratings of a candidate. */
    public Optional<Ratings> of(String item, String image) {
        return Optional.ofNullable(ratings.get(candidate(item, image)));
    }

    private static void readLine(String line, String place, AnswerRules rules, Map<Candidate, Ratings> ratings) {
        ObjectNode row;
        try {
            row = JsonLine.parse(line);
        } catch (JsonLine.Invalid invalid) {
            throw new InvalidTruthException(place + invalid.reason() + ".");
        }
        Candidate candidate = candidate(text(row, "id", place), text(row, "image", place));
        List<Integer> values = rules.dimensions().stream()
                .map(dimension -> rating(row, dimension, place, rules))
                .toList();
        if (ratings.putIfAbsent(candidate, new Ratings(values)) != null) {
            throw new InvalidTruthException(
                    place + "image: " + candidate.image() + " of item " + candidate.item() + " has a truth already.");
        }
    }

    /** A path as an import takes it, whichever way its characters are composed. */
    private static Candidate candidate(String item, String image) {
        String path = ManifestPath.normalise(image).orElse(image);
        return new Candidate(item, Normalizer.normalize(path, Normalizer.Form.NFC));
    }

    private static String text(JsonNode row, String field, String place) {
        String text = JsonLine.name(row.path(field)).orElse("");
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
        var whole = JsonLine.whole(value)
                .filter(number -> number.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue)
                .filter(number -> number >= rules.lowest() && number <= rules.highest());
        if (whole.isEmpty()) {
            throw new InvalidTruthException(place + dimension + ": expected a whole number from " + rules.lowest()
                    + " to " + rules.highest() + ", not " + value + ".");
        }
        return whole.get();
    }

    private record Candidate(String item, String image) {}

    /**
     * True ratings of one candidate.
     *
     * @param values in the order of the protocol's dimensions
     */
    public record Ratings(List<Integer> values) {}
}
