package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.finetune.TuningTask;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ConfiguredEncoder;
import org.diptych.service.reward.ModelVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The encoder of this process, from the property {@code diptych.encoder} (a JSON file), else the embedded one. It is opened
 * when it is first needed, since it takes seconds and memory that a web node may never use, and closed with the process.
 */
@Component
class Encoding implements ConfiguredEncoder, DisposableBean {
    /** Folder in a model's archive for an encoder of its own. */
    static final String OWN = "encoder";

    private final Object lock = new Object();
    private final ModelArchive archive;
    private final EncoderConfiguration configuration;
    private final Path folder;
    private final boolean configured;
    private volatile @Nullable EditEncoder encoder;
    private volatile @Nullable String id;
    private int uses;

    /**
     * Reads the configuration, but opens nothing yet.
     *
     * @param file path of the configuration; empty for the embedded encoder
     * @throws org.diptych.reward.encoder.EncodingException if the configuration is missing or wrong
     */
    Encoding(ModelArchive archive, @Value("${diptych.encoder:}") String file) {
        this.archive = archive;
        configured = !file.isBlank();
        folder = configured
                ? java.util.Objects.requireNonNull(
                        Path.of(file).toAbsolutePath().getParent())
                : Path.of("");
        configuration = configured ? EncoderConfiguration.read(Path.of(file)) : new EncoderConfiguration.Embedded();
    }

    /** Opens a configured encoder now, so that what is wrong with it stops the start and not a run in the night. */
    void requireUsable() {
        if (configured) {
            encoder();
        }
    }

    private EditEncoder encoder() {
        var known = encoder;
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            var made = encoder;
            if (made == null) {
                made = configuration.openIn(folder);
                id = made.encoderId();
                encoder = made;
            }
            return made;
        }
    }

    @Override
    public String encoderId() {
        var known = id;
        if (known == null) {
            known = configuration.encoderId(folder);
            id = known;
        }
        return known;
    }

    /** The configuration, if it asks for training of the backbone. */
    EncoderConfiguration.@Nullable Exported tunable() {
        return configuration instanceof EncoderConfiguration.Exported exported && exported.fineTune() != null
                ? exported
                : null;
    }

    /** What paths in the configuration are relative to. */
    Path folder() {
        return folder;
    }

    /**
     * The encoder whose features a version reads: this process's, or one that was tuned from it and lies with the version.
     *
     * @throws Problem {@code encoder_changed} (409) when it reads the features of another one
     */
    Use of(ModelVersion version) throws IOException {
        if (!reads(version)) {
            throw Problem.conflict("encoder_changed", changed(version));
        }
        if (version.encoderId().equals(encoderId())) {
            return use();
        }
        var unpacked = archive.open(version.digest());
        try {
            var own = unpacked.folder().resolve(OWN).resolve(TuningTask.CONFIGURATION);
            if (!Files.exists(own)) {
                throw Problem.conflict("encoder_changed", changed(version));
            }
            var opened = EncoderConfiguration.open(own);
            return new Use(opened, () -> {
                try (unpacked) {
                    opened.close();
                }
            });
        } catch (RuntimeException e) {
            unpacked.close();
            throw e;
        }
    }

    /** The encoder that the installation is configured with, for one use: it is not closed before the use is. */
    Use use() {
        synchronized (lock) {
            var shared = encoder();
            uses++;
            return new Use(shared, () -> {
                synchronized (lock) {
                    uses--;
                }
            });
        }
    }

    /** An encoder that lies in a folder, for one use. */
    static Use own(Path configuration) {
        var opened = EncoderConfiguration.open(configuration);
        return new Use(opened, opened::close);
    }

    private String changed(ModelVersion version) {
        return "Model version %d reads features of the encoder %s, but the server now uses %s. Train now: the next run computes the features of all candidates again and makes a version for the new encoder. Or start the server with the encoder of that version."
                .formatted(version.number(), version.encoderId(), encoderId());
    }

    /** One that is still in use stays open: the process ends with it, where closing it under its caller would break it off. */
    @Override
    public void destroy() {
        synchronized (lock) {
            var made = encoder;
            if (made != null && uses == 0) {
                made.close();
                encoder = null;
            }
        }
    }

    /**
     * An encoder in use.
     *
     * @param release run on closing
     */
    record Use(EditEncoder encoder, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }
}
