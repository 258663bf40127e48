package org.diptych.reward.encoder;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.reward.encoder.ExportedNetwork.Input;
import org.jspecify.annotations.Nullable;

/** Turns pictures and instructions into what an exported backbone reads. */
public final class BackboneInputs implements AutoCloseable {

    private final EncoderConfiguration.Exported configuration;
    private final @Nullable HuggingFaceTokenizer tokenizer;

    /**
     * Opens the tokenizer, if there is one.
     *
     * @param folder what paths are relative to
     * @throws EncodingException if the tokenizer cannot be read
     */
    public BackboneInputs(EncoderConfiguration.Exported configuration, Path folder) {
        this.configuration = configuration;
        tokenizer = tokenizer(configuration.tokenizer(), folder);
    }

    /** A picture, stretched to the network's size. */
    public Input pixels(BufferedImage picture) {
        int size = configuration.size();
        float[] planes = Pixels.of(picture).resize(size, size).unitPlanes();
        int area = size * size;
        for (int channel = 0; channel < 3; channel++) {
            float mean = configuration.mean().get(channel);
            float deviation = configuration.deviation().get(channel);
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                planes[i] = (planes[i] - mean) / deviation;
            }
        }
        return new Input.Pixels(planes, size);
    }

    /** Source, edit and, with a tokenizer, the instruction: the inputs of a joint network. */
    public List<Input> joint(Input source, Input edited, String instruction) {
        var inputs = new ArrayList<>(List.of(source, edited));
        if (tokenizer != null) {
            inputs.add(tokens(instruction));
        }
        return inputs;
    }

    /** An instruction as token ids; only with a tokenizer. */
    Input tokens(String instruction) {
        if (tokenizer == null) {
            throw new IllegalStateException("this backbone has no tokenizer");
        }
        return new Input.Tokens(tokenizer.encode(instruction).getIds());
    }

    private static @Nullable HuggingFaceTokenizer tokenizer(@Nullable String name, Path folder) {
        if (name == null) {
            return null;
        }
        var file = folder.resolve(name);
        try {
            return HuggingFaceTokenizer.newInstance(file);
        } catch (IOException | RuntimeException e) {
            throw new EncodingException("\"tokenizer\": %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
