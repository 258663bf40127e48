package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Tells an unpacked model that is whole and as it was from one that is not, by a list of its files with their digests. */
final class UnpackedFiles {
    private static final String SEAL = "unpacked.sha256";

    private UnpackedFiles() {}

    /** Writes the list of a folder's files, in the layout of sha256sum. */
    static void seal(Path folder) throws IOException {
        Files.write(folder.resolve(SEAL), lines(folder));
    }

    /** Whether a folder has the files of its list, unchanged. */
    static boolean areWhole(Path folder) throws IOException {
        var seal = folder.resolve(SEAL);
        if (!Files.isRegularFile(seal)) {
            return false;
        }
        try {
            return Files.readAllLines(seal).equals(lines(folder));
        } catch (NoSuchFileException | java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                var name = folder.relativize(file).toString();
                if (!name.equals(SEAL)) {
                    lines.add(sha256(file) + "  " + name);
                }
            }
        }
        return lines;
    }

    private static String sha256(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
