package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;

/** What a training run made: a model in memory, and the bytes to keep. */
public final class TrainedReward implements AutoCloseable {

    private final RewardModel model;
    private final byte[] parameters;

    TrainedReward(RewardModel model, byte[] parameters) {
        this.model = model;
        this.parameters = parameters;
    }

    /** Ready to score; closed together with this. */
    public RewardModel model() {
        return model;
    }

    /** Provenance, choices and held-out quality. */
    public ModelCard card() {
        return model.card();
    }

    /** Saves parameters (safetensors) and card to a folder, which is made if need be. */
    public void save(Path folder) throws IOException {
        ModelFolder.write(folder, parameters, card());
    }

    @Override
    public void close() {
        model.close();
    }
}
