package org.diptych.service.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;

/** Pictures that stood in rows, each once, under paths that no archive has. */
final class PictureSpool {
    private static final String FOLDER = "embedded-in-rows/";

    private final Path folder;
    private final long most;
    private long bytes;

    /** @param most bytes altogether */
    PictureSpool(Path folder, long most) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.most = most;
    }

    /** Keeps a picture; the answer is its path. */
    String put(byte[] picture) throws IOException {
        var name = Sha256.hexadecimal(picture) + ending(picture);
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            bytes += picture.length;
            if (bytes > most) {
                throw new IOException("the pictures in the rows have more than " + most + " bytes");
            }
            Files.write(file, picture);
        }
        return FOLDER + name;
    }

    /** What its beginning says of its format; nothing where no picture begins so, which its check then says. */
    private static String ending(byte[] picture) {
        var beginning = new String(picture, 0, Math.min(12, picture.length), StandardCharsets.ISO_8859_1);
        if (beginning.startsWith("\u00ff\u00d8")) {
            return ".jpg";
        }
        if (beginning.startsWith("\u0089PNG")) {
            return ".png";
        }
        return beginning.startsWith("RIFF") && beginning.endsWith("WEBP") ? ".webp" : "";
    }

    /** Whether a path is of a picture that stood in a row. */
    static boolean holds(String path) {
        return path.startsWith(FOLDER);
    }

    byte[] read(String path, int maximumBytes) throws UnreadableFileException {
        try (var stream = Files.newInputStream(folder.resolve(path.substring(FOLDER.length())))) {
            return ManifestSource.readWithin("in the row", stream, maximumBytes);
        } catch (IOException e) {
            throw new UnreadableFileException("the picture in the row cannot be read");
        }
    }
}
