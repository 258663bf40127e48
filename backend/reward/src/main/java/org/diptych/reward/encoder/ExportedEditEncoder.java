package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An encoder around a backbone that the user exported.
 *
 * <p>An image network (CLIP, SigLIP, DINOv2) gives the edit's vector, its difference from the source's, and their cosine; with a text
 * network also the cosines of the instruction with the edit and with the direction of the change (Gal et al., 2022, arXiv 2108.00946). A
 * joint network (a vision-language model's hidden state at the reward token) gives its vector as it is.
 */
final class ExportedEditEncoder implements EditEncoder {

    /** No fewer than callers, or they would push each other's sources out. */
    private static final int SOURCES_KEPT = Math.max(4, Runtime.getRuntime().availableProcessors());

    private final NativeResources opened = new NativeResources();
    private final BackboneInputs inputs;
    private final @Nullable ExportedNetwork image;
    private final @Nullable ExportedNetwork joint;
    private final @Nullable ExportedNetwork text;
    private final Map<BufferedImage, float[]> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BufferedImage, float[]> eldest) {
            return size() > SOURCES_KEPT;
        }
    };
    private final String id;
    private final FeatureLayout layout;

    /**
     * Opens all files and runs them once, so that a wrong shape shows now.
     *
     * @param folder what paths are relative to
     * @throws EncodingException if a file is missing, has another digest than the configuration says, or does not fit
     */
    ExportedEditEncoder(EncoderConfiguration.Exported configuration, Path folder) {
        id = ExportedFiles.check(configuration, folder).encoderId();
        inputs = opened.add(new BackboneInputs(configuration, folder));
        try {
            image = open("image", configuration.image(), folder);
            joint = open("joint", configuration.joint(), folder);
            text = open("text", configuration.text(), folder);
            if (configuration.fineTune() != null
                    && (image != null ? image : joint) instanceof ExportedNetwork.TorchScript network
                    && !network.hasParameters()) {
                throw new EncodingException(
                        "\"fine_tune\": %s has no parameters to train. Was it frozen before it was saved?"
                                .formatted(String.valueOf(
                                        configuration.files().firstEntry().getValue())));
            }
            var probe = new BufferedImage(configuration.size(), configuration.size(), BufferedImage.TYPE_INT_RGB);
            layout = write(probe, probe, "Change nothing.").layout();
            sources.clear();
        } catch (RuntimeException | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    @Override
    public String encoderId() {
        return id;
    }

    @Override
    public FeatureLayout layout() {
        return layout;
    }

    @Override
    public float[] encode(BufferedImage source, BufferedImage edited, String instruction) {
        return write(source, edited, instruction).values();
    }

    private FeatureWriter write(BufferedImage source, BufferedImage edited, String instruction) {
        var out = new FeatureWriter();
        if (joint != null) {
            float[] hidden = joint.run(inputs.joint(inputs.pixels(source), inputs.pixels(edited), instruction));
            out.block("joint", Kind.MATCH, () -> out.addAll("hidden", hidden));
            return out;
        }
        float[] before = source(source);
        float[] after = vector(edited);
        float[] change = new float[after.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = after[i] - before[i];
        }
        out.block("edit", Kind.DEEP, () -> out.addAll("edit", after));
        out.block("shift", Kind.DEEP, () -> out.addAll("shift", change));
        out.block("likeness", Kind.CHANGE, () -> out.add("likeness", cosine(before, after)));
        if (text != null) {
            float[] wish = text.run(List.of(inputs.tokens(instruction)));
            if (wish.length != after.length) {
                throw new EncodingException("\"text\" gives %d numbers, \"image\" %d: the two networks must match"
                        .formatted(wish.length, after.length));
            }
            out.block("match", Kind.MATCH, () -> {
                out.add("match.edit", cosine(wish, after));
                out.add("match.gain", cosine(wish, after) - cosine(wish, before));
                out.add("match.direction", cosine(wish, change));
            });
        }
        return out;
    }

    private float[] source(BufferedImage source) {
        synchronized (sources) {
            var found = sources.get(source);
            if (found != null) {
                return found;
            }
        }
        float[] vector = vector(source);
        synchronized (sources) {
            sources.put(source, vector);
        }
        return vector;
    }

    private float[] vector(BufferedImage edited) {
        if (image == null) {
            throw new IllegalStateException("a joint network has no vectors of single images");
        }
        return image.run(List.of(inputs.pixels(edited)));
    }

    private @Nullable ExportedNetwork open(String field, @Nullable String name, Path folder) {
        if (name == null) {
            return null;
        }
        return opened.add(ExportedNetwork.open(field, folder.resolve(name)));
    }

    private static double cosine(float[] a, float[] b) {
        double aa = 1e-12;
        double bb = 1e-12;
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
            ab += (double) a[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Override
    public void close() {
        opened.close();
    }
}
