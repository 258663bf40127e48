package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.finetune.TuningListener;
import org.diptych.reward.finetune.TuningPair;
import org.diptych.reward.finetune.TuningTask;
import org.diptych.service.image.ImageLibrary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the encoder of a run: the configured one, or, if the configuration asks for it, one tuned on the run's labels. */
@Component
class BackboneTuning {
    private static final Logger log = LoggerFactory.getLogger(BackboneTuning.class);

    private final Encoding encoding;
    private final ImageLibrary images;
    private final ModelArchive archive;
    private final JdbcClient jdbc;

    BackboneTuning(Encoding encoding, ImageLibrary images, ModelArchive archive, JdbcClient jdbc) {
        this.encoding = encoding;
        this.images = images;
        this.archive = archive;
        this.jdbc = jdbc;
    }

    /** What {@link #prepare} does, for people. */
    String phase() {
        return encoding.tunable() == null ? "Opening the encoder." : "Tuning the backbone of the encoder.";
    }

    /**
     * The encoder of a run. A tuned one lies in the run's folder and goes into the archive with it; a run that starts over
     * resumes its tuning there.
     */
    Encoding.Use prepare(RunInputs inputs, TuningListener listener) throws IOException {
        var configuration = encoding.tunable();
        if (configuration == null) {
            return encoding.use();
        }
        var folder = archive.runFolder(inputs.run().id());
        var tuned = folder.resolve(Encoding.OWN);
        if (!Files.isDirectory(tuned)) {
            var checkpoints = folder.resolve("tuning");
            var making = archive.newFolder();
            try {
                task(configuration, inputs, checkpoints).run(making, listener);
                Files.move(making, tuned, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                archive.discard(making);
            }
            archive.discard(checkpoints);
        }
        return Encoding.own(tuned.resolve(TuningTask.CONFIGURATION));
    }

    private TuningTask task(EncoderConfiguration.Exported configuration, RunInputs inputs, Path checkpoints) {
        var protocol = inputs.protocol();
        var pictures = pictures(inputs.campaign());
        var readable = new HashMap<String, Boolean>();
        var pairs = new ArrayList<TuningPair>();
        for (var label : inputs.labels()) {
            // these pictures stay unseen, so that they can judge the encoder together with its heads
            if (FoldModels.fold(label.group()) == FoldModels.UNSEEN_BY_ENCODERS) {
                continue;
            }
            var first = Objects.requireNonNull(pictures.get(label.first()));
            var second = Objects.requireNonNull(pictures.get(label.second()));
            // one unreadable picture stops no tuning: its pairs are left out
            if (Stream.of(label.source(), first, second)
                    .allMatch(picture -> readable.computeIfAbsent(picture, this::isReadable))) {
                pairs.add(
                        new TuningPair(label.source(), first, second, label.instruction(), verdicts(protocol, label)));
            }
        }
        return new TuningTask(
                configuration,
                encoding.folder(),
                encoding.encoderId(),
                pairs,
                protocol.dimensions().size(),
                images::read,
                inputs.seed(),
                checkpoints);
    }

    private boolean isReadable(String picture) {
        try {
            images.read(picture);
            return true;
        } catch (IOException | RuntimeException e) {
            log.warn("the backbone is tuned without pairs of picture {}, which cannot be read", picture, e);
            return false;
        }
    }

    private HashMap<UUID, String> pictures(UUID campaign) {
        var pictures = new HashMap<UUID, String>();
        jdbc.sql("SELECT id, image_sha256 FROM candidate WHERE campaign_id = ?")
                .param(campaign)
                .query((org.springframework.jdbc.core.RowCallbackHandler)
                        row -> pictures.put(row.getObject("id", UUID.class), row.getString("image_sha256")));
        return pictures;
    }

    private static List<@Nullable Verdict> verdicts(Protocol protocol, LabelledPair label) {
        var verdicts = new ArrayList<@Nullable Verdict>();
        for (var dimension : protocol.dimensions()) {
            verdicts.add(verdict(label.answers().get(dimension.id())));
        }
        return verdicts;
    }

    private static @Nullable Verdict verdict(@Nullable Answer answer) {
        return switch (answer) {
            case null -> null;
            case Comparison comparison -> comparison.verdict();
            case RatingPair ratings ->
                ratings.first() > ratings.second()
                        ? Verdict.FIRST
                        : ratings.first() < ratings.second() ? Verdict.SECOND : Verdict.TIE;
        };
    }
}
