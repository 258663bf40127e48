package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diptych.command.BenchmarkRows.Choice;
import org.diptych.command.BenchmarkRows.Choices;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The editing part of Multimodal RewardBench 2 (facebookresearch/MMRB2, {@code edit.json}; arXiv 2512.16899): {@code pairs}
 * with {@code id, prompt_source, response_a, response_b, chosen}, and {@code prompt_content} where the prompts are merged in.
 */
final class MultimodalRewardBench implements BenchmarkReader {
    private static final String IMAGE = "image";

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        if (judge != null) {
            throw CommandFailure.badInput("--judge: mmrb2 holds no answers of a judge.");
        }
        var choices = new ArrayList<Choice>();
        var leftOut = new LeftOutRows();
        int rows = 0;
        for (var file : files) {
            if (!BenchmarkRecords.isJson(file)) {
                throw new MalformedFileException(file, 1, "is not JSON; mmrb2 is one object with a list of pairs");
            }
            for (var row : BenchmarkRecords.read(file, "pairs")) {
                choice(row, rows++, leftOut).ifPresent(choices::add);
            }
        }
        return new BenchmarkContent(
                "Multimodal RewardBench 2, editing",
                rows,
                new Choices(choices, false),
                leftOut,
                List.of("Judges are asked in both orders and each answer counts; a score knows no order, so every pair"
                        + " counts once."));
    }

    private static Optional<Choice> choice(BenchmarkRecord row, int number, LeftOutRows leftOut) {
        var id = row.text("id");
        var chosen = row.text("chosen");
        if (!chosen.equals("A") && !chosen.equals("B")) {
            throw row.fault("chosen", "is \"%s\"; it must be A or B".formatted(chosen));
        }
        var type = row.text("prompt_source");
        var prompt = row.has("prompt_content") ? row.list("prompt_content") : null;
        var sources = prompt == null ? List.<String>of() : parts(row, "prompt_content", prompt, IMAGE);
        var texts = prompt == null ? List.<String>of() : parts(row, "prompt_content", prompt, "text");
        var request = sources.size() == 1 && texts.size() == 1
                ? new BenchmarkEdit.Request(row.file(), sources.getFirst(), texts.getFirst())
                : null;
        var source = sources.isEmpty()
                ? type + " "
                        + (row.has("prompt_metadata")
                                ? row.object("prompt_metadata").fields()
                                : id)
                : String.join("\n", sources);
        var first = edit(row, "response_a", request, number, 0);
        var second = edit(row, "response_b", request, number, 1);
        if (first == null || second == null) {
            leftOut.add(
                    "an answer is not one picture",
                    id,
                    List.of(first == null ? unseen(number, 0) : first, second == null ? unseen(number, 1) : second));
            return Optional.empty();
        }
        boolean firstChosen = chosen.equals("A");
        return Optional.of(
                new Choice(firstChosen ? first : second, firstChosen ? second : first, source, "", type, firstChosen));
    }

    private static @Nullable BenchmarkEdit edit(
            BenchmarkRecord row, String field, BenchmarkEdit.@Nullable Request request, int number, int place) {
        var response = row.object(field);
        var content = response.list("response_content");
        var images = parts(row, field + ".response_content", content, IMAGE);
        return images.size() == 1 && content.size() == 1
                ? new BenchmarkEdit(
                        List.of(new BenchmarkEdit.Place(number, place)),
                        "",
                        response.text("model_name"),
                        images.getFirst(),
                        request)
                : null;
    }

    private static BenchmarkEdit unseen(int number, int place) {
        return new BenchmarkEdit(List.of(new BenchmarkEdit.Place(number, place)), "", "", null, null);
    }

    /** What a list of {@code [kind, value]} holds of one kind. */
    private static List<String> parts(BenchmarkRecord row, String field, JsonNode list, String kind) {
        var parts = new ArrayList<String>();
        for (var part : list) {
            if (part.size() != 2 || !part.get(0).isString() || !part.get(1).isString()) {
                throw row.fault(
                        field,
                        "holds %s; a part is [\"image\", path] or [\"text\", words]"
                                .formatted(BenchmarkRecord.shown(part)));
            }
            if (part.get(0).stringValue().equals(kind)) {
                parts.add(part.get(1).stringValue());
            }
        }
        return parts;
    }
}
