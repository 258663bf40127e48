package org.diptych.statistics.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.diptych.reward.Answer;
import org.diptych.reward.EditSet;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.PriorFeatures;
import org.diptych.reward.SimulatedAnnotators;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.statistics.acquisition.EncodedEdits;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.LoopStudy;

/**
 * The replay on scripted edits with the encoder's features: a table of another kind than human scores, on which policies
 * can be compared quickly. Photos are held out. Arguments: file of encoded edits (as {@link LoopStudy} writes it), splits,
 * budget, batch, held-out photos.
 */
public final class EditReplay {
    private static final int OPINIONS = 3;

    private EditReplay() {}

    /** Replays every policy and prints its curve. */
    public static void main(String[] arguments) throws IOException {
        ReplayTable table;
        try (var encoder = new EmbeddedEditEncoder()) {
            var set = EncodedEdits.of(Path.of(arguments[0]), List.of(), encoder);
            var prior = PriorFeatures.of(FeatureTable.of(set.features()), encoder.layout(), 0);
            table = table(
                    set,
                    FeatureMatrix.of(
                            Arrays.stream(set.features()).map(prior::project).toList()));
        }
        var settings = new ReplaySettings(
                ReplayPolicies.all(),
                new LabelsPerPair.Fixed(1),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[4]),
                Prior::evidence,
                true,
                List.of(),
                0);
        for (var report : Replay.run(table, settings, _ -> {}).policies()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: gain %+.4f ± %.4f, reaches %s, %s%n",
                    report.policy(),
                    report.gain(),
                    report.standardError(),
                    report.labelsToReachUniform(),
                    report.accuracy());
        }
    }

    private static ReplayTable table(EditSet set, FeatureMatrix features) {
        var annotators = new SimulatedAnnotators(8, new Random(1));
        var photos = List.copyOf(
                new TreeSet<>(set.items().stream().map(EditSet.Item::source).toList()));
        var itemOfEdit = new int[features.size()];
        var pairs = new ArrayList<int[]>();
        var verdicts = new ArrayList<byte[]>();
        for (int number = 0; number < set.items().size(); number++) {
            var item = set.items().get(number);
            for (int a = 0; a < item.rows().length; a++) {
                itemOfEdit[item.rows()[a]] = number;
                for (int b = a + 1; b < item.rows().length; b++) {
                    pairs.add(new int[] {item.rows()[a], item.rows()[b], photos.indexOf(item.source())});
                    var said = new byte[OPINIONS];
                    for (int opinion = 0; opinion < OPINIONS; opinion++) {
                        said[opinion] = overall(annotators.label(item, a, b).answers());
                    }
                    verdicts.add(said);
                }
            }
        }
        var measured = new boolean[pairs.size()];
        Arrays.fill(measured, true);
        return new ReplayTable(
                features,
                itemOfEdit,
                pairs.stream().mapToInt(pair -> pair[0]).toArray(),
                pairs.stream().mapToInt(pair -> pair[1]).toArray(),
                pairs.stream().mapToInt(pair -> pair[2]).toArray(),
                verdicts.toArray(byte[][]::new),
                measured,
                OPINIONS);
    }

    private static byte overall(List<Answer> answers) {
        int sum = 0;
        for (var answer : answers) {
            if (answer instanceof Answer.Rated(int first, int second)) {
                sum += first - second;
            }
        }
        return (byte) Integer.signum(sum);
    }
}
