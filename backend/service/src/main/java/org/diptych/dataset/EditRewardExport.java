package org.diptych.dataset;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.label.AnswerJson;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * EditReward's training records (TIGER-AI-Lab/EditReward, TRAIN_README.md): one per labelled pair, {@code path1} always
 * the preferred edit, dimension scores the mean rating over the pair's labels, overall their sum, ties kept with
 * {@code tie_case}. {@code choice_dist} is the share of labels that prefer each side (a tie counts half for each) where
 * there are several labels; {@code confidence} is left null as in the published examples.
 */
@Component
class EditRewardExport {
    private final JsonMapper json;

    EditRewardExport(JsonMapper json) {
        this.json = json;
    }

    void write(JdbcTemplate streaming, UUID campaign, Protocol protocol, OutputStream stream) {
        try (var generator = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            generator.writeStartArray();
            var open = new PairRecord[1];
            streaming.query(
                    """
                    SELECT l.pair_id, l.answers, i.instruction, i.source_sha256, src.media_type AS source_type,
                           f.model AS first_model, f.image_sha256 AS first_image, fi.media_type AS first_type,
                           s.model AS second_model, s.image_sha256 AS second_image, si.media_type AS second_type
                    FROM current_label l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                    JOIN candidate f ON f.id = p.first_candidate_id JOIN image fi ON fi.sha256 = f.image_sha256
                    JOIN candidate s ON s.id = p.second_candidate_id JOIN image si ON si.sha256 = s.image_sha256
                    JOIN image src ON src.sha256 = i.source_sha256
                    WHERE l.campaign_id = ? AND l.stratum IN ('UNIFORM', 'ACQUIRED') ORDER BY l.pair_id, l.sequence""",
                    row -> {
                        var pair = row.getString("pair_id");
                        if (open[0] == null || !open[0].pair.equals(pair)) {
                            if (open[0] != null) {
                                open[0].write(generator, protocol);
                            }
                            open[0] = new PairRecord(
                                    pair,
                                    row.getString("instruction"),
                                    path(row.getString("source_sha256"), row.getString("source_type")),
                                    new Side(
                                            row.getString("first_model"),
                                            path(row.getString("first_image"), row.getString("first_type"))),
                                    new Side(
                                            row.getString("second_model"),
                                            path(row.getString("second_image"), row.getString("second_type"))));
                        }
                        open[0].add(AnswerJson.fromStored(row.getString("answers")));
                    },
                    campaign);
            if (open[0] != null) {
                open[0].write(generator, protocol);
            }
            generator.writeEndArray();
        }
    }

    /** Where the picture is expected beside the file. */
    static String path(String sha256, String mediaType) {
        var extension = switch (mediaType) {
            case "image/jpeg" -> "jpg";
            case "image/webp" -> "webp";
            default -> "png";
        };
        return "images/" + sha256 + "." + extension;
    }

    private record Side(String model, String path) {}

    /** The labels of one pair, gathered row by row. */
    private static final class PairRecord {
        private final String pair;
        private final String instruction;
        private final String source;
        private final Side first;
        private final Side second;
        private final Map<String, double[]> sums = new LinkedHashMap<>();
        private final List<Integer> preferences = new ArrayList<>();

        PairRecord(String pair, String instruction, String source, Side first, Side second) {
            this.pair = pair;
            this.instruction = instruction;
            this.source = source;
            this.first = first;
            this.second = second;
        }

        void add(Map<String, org.diptych.protocol.Answer> answers) {
            int difference = 0;
            for (var answer : answers.entrySet()) {
                if (answer.getValue() instanceof RatingPair ratings) {
                    var sum = sums.computeIfAbsent(answer.getKey(), _ -> new double[2]);
                    sum[0] += ratings.first();
                    sum[1] += ratings.second();
                    difference += ratings.first() - ratings.second();
                }
            }
            preferences.add(Integer.signum(difference));
        }

        void write(JsonGenerator out, Protocol protocol) {
            double[] overall = new double[2];
            for (var dimension : protocol.dimensions()) {
                overall[0] += mean(dimension, 0);
                overall[1] += mean(dimension, 1);
            }
            boolean tie = Math.abs(overall[0] - overall[1]) < 1e-9;
            int preferred = overall[1] > overall[0] && !tie ? 1 : 0;
            int other = 1 - preferred;
            out.writeStartObject();
            out.writeStringProperty("prompt", instruction);
            out.writeStringProperty("path_src", source);
            out.writeStringProperty("path1", side(preferred).path());
            out.writeStringProperty("path2", side(other).path());
            out.writeStringProperty("model1", side(preferred).model());
            out.writeStringProperty("model2", side(other).model());
            scores(out, protocol, "model1", preferred, overall);
            scores(out, protocol, "model2", other, overall);
            out.writeBooleanProperty("tie_case", tie);
            var distribution = distribution(preferred);
            if (distribution == null) {
                out.writeNullProperty("choice_dist");
            } else {
                out.writeName("choice_dist");
                out.writeArray(distribution, 0, distribution.length);
            }
            out.writeNullProperty("confidence");
            out.writeEndObject();
        }

        private void scores(JsonGenerator out, Protocol protocol, String model, int candidate, double[] overall) {
            for (int i = 0; i < protocol.dimensions().size(); i++) {
                number(
                        out,
                        model + "_dim" + (i + 1) + "_score",
                        mean(protocol.dimensions().get(i), candidate));
            }
            number(out, model + "_overall_score", overall[candidate]);
        }

        /** Whole numbers stay whole, as in the published records. */
        private static void number(JsonGenerator out, String name, double value) {
            if (value == Math.rint(value)) {
                out.writeNumberProperty(name, (long) value);
            } else {
                out.writeNumberProperty(name, Math.round(value * 1e4) / 1e4);
            }
        }

        private double mean(Dimension dimension, int candidate) {
            var sum = sums.get(dimension.id());
            return sum == null ? 0 : sum[candidate] / preferences.size();
        }

        private double @Nullable [] distribution(int preferred) {
            if (preferences.size() < 2) {
                return null;
            }
            double firstShare = preferences.stream()
                    .mapToDouble(p -> (1 + p) / 2.0)
                    .average()
                    .orElseThrow();
            return preferred == 0
                    ? new double[] {firstShare, 1 - firstShare}
                    : new double[] {1 - firstShare, firstShare};
        }

        private Side side(int candidate) {
            return candidate == 0 ? first : second;
        }
    }
}
