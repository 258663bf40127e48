package org.diptych.reward.worker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.reward.Provenance;
import org.diptych.reward.encoder.PyTorch;
import org.diptych.service.dataset.SnapshotService.Snapshot;
import org.diptych.service.reward.TrainingRun;

/**
 * What a run works on, read once: whatever happens in the campaign meanwhile, all parts of the run see the same.
 *
 * @param run the run, as this worker holds it
 * @param snapshot the labels that were frozen for it
 * @param protocol what they answer
 * @param seed of everything that is drawn
 * @param revision of the program
 * @param labels the labels of the snapshot, in the order in which they were given
 */
record RunInputs(
        TrainingRun run, Snapshot snapshot, Protocol protocol, long seed, String revision, List<LabelledPair> labels) {

    UUID campaign() {
        return run.campaign();
    }

    /** Where a model comes from that is trained on the features of an encoder. */
    Provenance provenance(String encoderId) {
        return new Provenance(
                snapshot.digest(),
                protocol.sha256(),
                revision,
                seed,
                encoderId,
                System.getProperty("os.arch", "unknown") + " "
                        + PyTorch.device().getDeviceType());
    }

    /** The candidates that labels speak of, in their order. */
    static List<UUID> candidates(List<LabelledPair> labels) {
        var candidates = new LinkedHashSet<UUID>();
        for (var label : labels) {
            candidates.add(label.first());
            candidates.add(label.second());
        }
        return List.copyOf(candidates);
    }
}
