package org.diptych.reward.encoder;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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

    private static final String VERSION = "exported-1";
    private static final int SOURCES_KEPT = 4;

    private final EncoderConfiguration.Exported configuration;
    private final List<ExportedNetwork> opened = new ArrayList<>();
    private final @Nullable ExportedNetwork image;
    private final @Nullable ExportedNetwork joint;
    private final @Nullable ExportedNetwork text;
    private final @Nullable HuggingFaceTokenizer tokenizer;
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
     * @throws EncodingException if a file is missing or does not fit
     */
    ExportedEditEncoder(EncoderConfiguration.Exported configuration, Path folder) {
        this.configuration = configuration;
        try {
            image = open(configuration.image(), folder);
            joint = open(configuration.joint(), folder);
            text = open(configuration.text(), folder);
            tokenizer = tokenizer(configuration.tokenizer(), folder);
            id = VERSION + "-" + digest(configuration, folder);
            var probe = new BufferedImage(configuration.size(), configuration.size(), BufferedImage.TYPE_INT_RGB);
            layout = write(probe, probe, "Change nothing.").layout();
            sources.clear();
        } catch (RuntimeException e) {
            opened.forEach(ExportedNetwork::close);
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
            var inputs = new ArrayList<ExportedNetwork.Input>();
            inputs.add(pixels(source));
            inputs.add(pixels(edited));
            if (tokenizer != null) {
                inputs.add(tokens(tokenizer, instruction));
            }
            float[] hidden = joint.run(inputs);
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
        if (text != null && tokenizer != null) {
            float[] wish = text.run(List.of(tokens(tokenizer, instruction)));
            if (wish.length != after.length) {
                throw new EncodingException("the text network gives %d numbers, the image network %d: they must match"
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
        return image.run(List.of(pixels(edited)));
    }

    private ExportedNetwork.Input pixels(BufferedImage picture) {
        int size = configuration.size();
        float[] planes = Pixels.of(picture).resize(size, size).unitPlanes();
        int area = size * size;
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (planes[i] - configuration.mean().get(i / area))
                    / configuration.deviation().get(i / area);
        }
        return new ExportedNetwork.Input.Pixels(planes, size);
    }

    private static ExportedNetwork.Input tokens(HuggingFaceTokenizer tokenizer, String instruction) {
        return new ExportedNetwork.Input.Tokens(tokenizer.encode(instruction).getIds());
    }

    private @Nullable ExportedNetwork open(@Nullable String name, Path folder) {
        if (name == null) {
            return null;
        }
        var network = ExportedNetwork.open(folder.resolve(name));
        opened.add(network);
        return network;
    }

    private static @Nullable HuggingFaceTokenizer tokenizer(@Nullable String name, Path folder) {
        if (name == null) {
            return null;
        }
        var file = folder.resolve(name);
        try {
            return HuggingFaceTokenizer.newInstance(file);
        } catch (IOException | RuntimeException e) {
            throw new EncodingException("the tokenizer %s cannot be read".formatted(file), e);
        }
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

    private static String digest(EncoderConfiguration.Exported configuration, Path folder) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("%d %s %s"
                    .formatted(configuration.size(), configuration.mean(), configuration.deviation())
                    .getBytes(StandardCharsets.UTF_8));
            var names = new ArrayList<@Nullable String>();
            names.add(configuration.image());
            names.add(configuration.joint());
            names.add(configuration.text());
            names.add(configuration.tokenizer());
            for (var name : names) {
                if (name != null) {
                    try (var stream = Files.newInputStream(folder.resolve(name))) {
                        byte[] part = new byte[1 << 20];
                        for (int read = stream.read(part); read >= 0; read = stream.read(part)) {
                            digest.update(part, 0, read);
                        }
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new EncodingException("a file of the exported backbone cannot be read", e);
        }
    }

    @Override
    public void close() {
        opened.forEach(ExportedNetwork::close);
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
