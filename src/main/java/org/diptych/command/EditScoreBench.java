package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.command.BenchmarkRows.Choice;
import org.diptych.command.BenchmarkRows.Choices;
import org.jspecify.annotations.Nullable;

/**
 * EditReward-Bench of EditScore (VectorSpaceLab, arXiv 2509.23909): {@code key} (of two), {@code instruction, input_image,
 * output_images} (two, the better one first), {@code task_type, dimension}.
 */
final class EditScoreBench implements BenchmarkReader {
    /** In the order in which they are reported: the one that stands for the benchmark first. */
    static final List<String> DIMENSIONS = List.of("overall", "prompt_following", "consistency");

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        if (judge != null) {
            throw CommandFailure.badInput("--judge: editscore-bench holds no answers of a judge.");
        }
        var choices = new ArrayList<Choice>();
        for (var file : files) {
            if (!BenchmarkRecords.isJson(file)) {
                throw new MalformedFileException(file, 1, "is not JSON; editscore-bench is a list of JSON records");
            }
            for (var row : BenchmarkRecords.read(file, "")) {
                choices.add(choice(row, choices.size()));
            }
        }
        return new BenchmarkContent(
                "EditReward-Bench of EditScore",
                choices.size(),
                new Choices(choices, true),
                new LeftOutRows(),
                List.of("The first picture of a row is always the better one: a model that is shown both must not be"
                        + " shown them in this order."));
    }

    private static Choice choice(BenchmarkRecord row, int number) {
        two(row, "key", row.list("key").size());
        var images = row.list("output_images");
        two(row, "output_images", images.size());
        var dimension = row.text("dimension");
        if (!DIMENSIONS.contains(dimension)) {
            throw row.fault(
                    "dimension", "is \"%s\"; it must be prompt_following, consistency or overall".formatted(dimension));
        }
        var picture = row.picture("input_image");
        var source = picture == null ? row.list("key").get(0).toString() : picture;
        var instruction = row.text("instruction");
        var request = picture == null ? null : new BenchmarkEdit.Request(row.file(), picture, instruction);
        return new Choice(
                edit(row, request, number, 0),
                edit(row, request, number, 1),
                source,
                dimension,
                row.text("task_type"),
                true);
    }

    private static BenchmarkEdit edit(
            BenchmarkRecord row, BenchmarkEdit.@Nullable Request request, int number, int place) {
        var image = row.picture("output_images", place);
        return new BenchmarkEdit(
                List.of(new BenchmarkEdit.Place(number, place)), "", "", image, image == null ? null : request);
    }

    private static void two(BenchmarkRecord row, String field, int size) {
        if (size != 2) {
            throw row.fault(field, "must have two entries, not " + size);
        }
    }
}
