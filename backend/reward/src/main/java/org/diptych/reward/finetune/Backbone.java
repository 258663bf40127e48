package org.diptych.reward.finetune;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.reward.encoder.ExportedNetwork.Input;
import org.diptych.reward.encoder.PyTorch;

/** A TorchScript module whose parameters take gradients. */
final class Backbone implements AutoCloseable {

    private final Model model;
    private final ParameterStore store;
    private final List<NDArray> parameters = new ArrayList<>();

    private Backbone(Model model, ParameterStore store) {
        this.model = model;
        this.store = store;
        for (var parameter : model.getBlock().getParameters().values()) {
            if (parameter.getArray().hasGradient()) {
                parameters.add(parameter.getArray());
            }
        }
    }

    /**
     * Loads a module.
     *
     * @throws EncodingException if it cannot be read, or has nothing to train
     */
    static Backbone load(Path file, NDManager manager) {
        var model = Model.newInstance("backbone", PyTorch.device(), "PyTorch");
        try {
            // the engine reads this option as text, and from files only
            model.load(file.toAbsolutePath().getParent(), file.getFileName().toString(), Map.of("trainParam", "true"));
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new EncodingException("%s is not a usable TorchScript file: %s".formatted(file, e.getMessage()), e);
        }
        try {
            var backbone = new Backbone(model, new ParameterStore(manager, false));
            if (backbone.parameters.isEmpty()) {
                throw new EncodingException("%s has no parameters to train".formatted(file));
            }
            return backbone;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The parameters that are trained, in the module's order; changed in place. */
    List<NDArray> parameters() {
        return parameters;
    }

    /**
     * The module's first output, as 1 x features. In training mode: the engine records no gradients otherwise, so that
     * dropout and batch norms of a scripted module are active; a traced one does what it did when it was traced.
     */
    NDArray forward(NDManager manager, List<Input> inputs) {
        var arrays = new NDList();
        for (var input : inputs) {
            arrays.add(input.array(manager));
        }
        return model.getBlock().forward(store, arrays, true).getFirst().reshape(1, -1);
    }

    /** Writes the module as it is now. */
    void save(Path file) throws IOException {
        try (var stream = Files.newOutputStream(file)) {
            JniUtils.writeModule((PtSymbolBlock) model.getBlock(), stream, false);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
