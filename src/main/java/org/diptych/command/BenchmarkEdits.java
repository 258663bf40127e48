package org.diptych.command;

import java.util.List;
import java.util.stream.Stream;
import org.diptych.command.BenchmarkRows.Choices;
import org.diptych.command.BenchmarkRows.Groups;
import org.diptych.command.BenchmarkRows.Pairs;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.diptych.command.BenchmarkRows.Task;
import org.diptych.command.BenchmarkRows.Tasks;

/** The edits of a benchmark, in whatever shape it asks about them. */
final class BenchmarkEdits {
    private BenchmarkEdits() {}

    static List<BenchmarkEdit> of(BenchmarkRows rows) {
        return switch (rows) {
            case Pairs pairs ->
                pairs.pairs().stream()
                        .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                        .toList();
            case Groups groups ->
                groups.groups().stream()
                        .flatMap(group -> group.candidates().stream())
                        .toList();
            case Choices choices ->
                choices.choices().stream()
                        .flatMap(choice -> Stream.of(choice.chosen(), choice.other()))
                        .toList();
            case Ratings ratings -> ratings.ratings().stream().map(Rating::edit).toList();
            case Tasks tasks -> tasks.tasks().stream().map(Task::edit).toList();
        };
    }
}
