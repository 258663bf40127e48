package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;
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
 * The encoder that comes with the product and needs no network: {@link MobileNetV2} feature maps, explicit measures of the change and of
 * the edit's quality, and the instruction read by its words and by {@link SentenceEncoder}.
 *
 * <p>It may be called by several threads; two callers on two cores encode about twice as many edits as one.
 */
public final class EmbeddedEditEncoder implements EditEncoder {

    /** Part of the encoder's id: to be raised with every change of the preprocessing or of a feature. */
    static final String VERSION = "embedded-2";

    /** Name of the block that {@link Experience} adds, the last one. */
    public static final String EXPERIENCE = "experience";

    /** No fewer than callers, or they would push each other's sources out. */
    private static final int SOURCES_KEPT = Math.max(4, Runtime.getRuntime().availableProcessors());

    private static final int POOLED = 48;

    private final NativeResources opened = new NativeResources();
    private final MobileNetV2 network;
    private final SentenceEncoder sentences;
    private final InstructionAnalysis.Reader instructions;
    private final RandomProjection pooledProjection = new RandomProjection(1280, POOLED, 20_260_102);
    private final Map<BufferedImage, ImageAnalysis> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BufferedImage, ImageAnalysis> eldest) {
            return size() > SOURCES_KEPT;
        }
    };
    private final @Nullable Experience experience;
    private final int[] experienced;
    private final String id;
    private final FeatureLayout layout;
    private final List<String> names;

    /**
     * Loads both networks.
     *
     * @throws EncodingException if a weight file is missing from the class path
     */
    public EmbeddedEditEncoder() {
        this(Experience.load());
    }

    private EmbeddedEditEncoder(@Nullable Experience experience) {
        try {
            network = opened.add(new MobileNetV2(PyTorch.device()));
            sentences = opened.add(new SentenceEncoder());
            instructions = new InstructionAnalysis.Reader(sentences);
            id = experience == null
                    ? id(network.file(), sentences.file())
                    : id(network.file(), sentences.file(), experience.file());
            var probe = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            var writer = measure(probe, probe, "Change nothing.");
            this.experience = experience;
            experienced = experience == null ? new int[0] : experience.positions(writer.names());
            appendExperience(writer);
            layout = writer.layout();
            names = writer.names();
            sources.clear();
        } catch (RuntimeException | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /** The same without {@link Experience}: what that is fitted to. */
    public static EmbeddedEditEncoder inexperienced() {
        return new EmbeddedEditEncoder(null);
    }

    @Override
    public String encoderId() {
        return id;
    }

    @Override
    public FeatureLayout layout() {
        return layout;
    }

    /** One name per feature, in order, for reports. */
    public List<String> featureNames() {
        return names;
    }

    @Override
    public float[] encode(BufferedImage source, BufferedImage edited, String instruction) {
        var writer = measure(source, edited, instruction);
        appendExperience(writer);
        return writer.values();
    }

    private void appendExperience(FeatureWriter writer) {
        if (experience != null) {
            float[] opinion = experience.apply(writer.values(), experienced);
            writer.block(EXPERIENCE, Kind.EXPERIENCE, () -> writer.addAll(EXPERIENCE, opinion));
        }
    }

    private FeatureWriter measure(BufferedImage source, BufferedImage edited, String instruction) {
        var before = source(source);
        var after = ImageAnalysis.of(edited, network);
        var registration = Registration.of(before.gradients(), after.gradients());
        var comparison = Comparison.of(before, before.placed(registration.placement(), network), after, registration);
        var evidence = EditEvidence.of(comparison);
        var request = instructions.read(instruction);
        var out = new FeatureWriter();
        out.block("quality", Kind.QUALITY, () -> after.quality().write(out, before.quality()));
        out.block("change", Kind.CHANGE, () -> ChangeFeatures.write(out, comparison, evidence));
        out.block("distance", Kind.DEEP, () -> comparison.taps().writeDistances(out));
        out.block("shift", Kind.DEEP, () -> comparison.taps().writeMeans(out));
        out.block("pooled", Kind.DEEP, () -> {
            float[] old = pooledProjection.apply(comparison.placed().taps().pooled());
            float[] now = pooledProjection.apply(after.taps().pooled());
            for (int i = 0; i < POOLED; i++) {
                out.add("pooled.shift." + i, now[i] - old[i]);
            }
        });
        out.block(
                "match",
                Kind.MATCH,
                () -> new RequestMatch(request.request(), request.meaning(), evidence, comparison).write(out));
        out.block("instruction", Kind.INSTRUCTION, () -> out.addAll("instruction", request.embedding()));
        out.block(
                "interaction",
                Kind.INTERACTION,
                () -> interact(out, request.embedding(), keyChanges(comparison, evidence)));
        return out;
    }

    /** Products let a head learn from data what an instruction means where the words are not understood. */
    private static void interact(FeatureWriter out, float[] embedding, List<Double> changes) {
        for (int c = 0; c < changes.size(); c++) {
            for (int e = 0; e < embedding.length; e++) {
                out.add("product." + c + "." + e, changes.get(c) * embedding[e]);
            }
        }
    }

    private static List<Double> keyChanges(Comparison comparison, EditEvidence evidence) {
        var changes = new ArrayList<Double>();
        for (var axis : Axis.ALL) {
            changes.add(evidence.value(axis));
        }
        changes.add(comparison.taps().pooledDistance());
        changes.add(comparison.taps().textureDistance());
        changes.add(comparison.taps().contentDistance());
        changes.add(Plane.mean(comparison.tone().residuals()) / 20);
        changes.add(comparison.tone().explained());
        changes.add(comparison.registration().likeness());
        return changes;
    }

    private ImageAnalysis source(BufferedImage image) {
        synchronized (sources) {
            var found = sources.get(image);
            if (found != null) {
                return found;
            }
        }
        var analysis = ImageAnalysis.of(image, network);
        synchronized (sources) {
            sources.put(image, analysis);
        }
        return analysis;
    }

    /** The id of this encoder, without loading its networks. */
    static String id() {
        return id(
                MobileNetV2.read(MobileNetV2.WEIGHTS),
                SentenceEncoder.read(SentenceEncoder.MODEL),
                Experience.load().file());
    }

    private static String id(byte[]... files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] file : files) {
                digest.update(file);
            }
            return VERSION + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
