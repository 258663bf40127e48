package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.reward.encoder.EmbeddedEditEncoder;

/** Encodes a set, without experience, into the cache of a work folder and lists the features' names there. Arguments: folder of the set, folder for work. */
public final class EncodeSet {

    private EncodeSet() {}

    /** Encodes. */
    public static void main(String[] arguments) throws IOException {
        var work = Path.of(arguments[1]);
        Files.createDirectories(work);
        try (var encoder = EmbeddedEditEncoder.inexperienced()) {
            EditSet.load(Path.of(arguments[0]), work.resolve("features"), encoder);
            Files.write(work.resolve("names"), encoder.featureNames());
        }
    }
}
