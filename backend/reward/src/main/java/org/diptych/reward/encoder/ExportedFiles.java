package org.diptych.reward.encoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The files of an exported backbone, present and with the digests that the configuration asks for.
 *
 * @param encoderId the id that follows from their contents and the preprocessing
 */
record ExportedFiles(String encoderId) {

    private static final String VERSION = "exported-1";
    private static final int CHUNK = 1 << 20;
    private static final int ID_BYTES = 8;

    /**
     * Reads all files once, as a stream.
     *
     * @throws EncodingException if one is missing or differs, with its field and name
     */
    static ExportedFiles check(EncoderConfiguration.Exported configuration, Path folder) {
        var whole = sha256();
        whole.update("%d %s %s"
                .formatted(configuration.size(), configuration.mean(), configuration.deviation())
                .getBytes(StandardCharsets.UTF_8));
        Map<String, String> wanted = configuration.sha256() == null ? Map.of() : configuration.sha256();
        var files = configuration.files();
        for (var field : wanted.keySet()) {
            if (!files.containsKey(field)) {
                throw new EncodingException("\"sha256\" speaks of \"%s\", but no file is named there".formatted(field));
            }
        }
        files.forEach((field, name) -> {
            var found = digest(field, folder.resolve(name), whole);
            var expected = wanted.get(field);
            if (expected != null && !expected.toLowerCase(Locale.ROOT).equals(found)) {
                throw new EncodingException(
                        "\"%s\": %s has the SHA-256 digest %s, but \"sha256\" says %s: get the right file, or correct the digest if the file is meant"
                                .formatted(field, folder.resolve(name), found, expected));
            }
        });
        var own = HexFormat.of().formatHex(whole.digest(), 0, ID_BYTES);
        var base = configuration.tunedFrom();
        return new ExportedFiles(base == null ? VERSION + "-" + own : base + "+" + own);
    }

    private static String digest(String field, Path file, MessageDigest whole) {
        if (!Files.isRegularFile(file)) {
            throw new EncodingException(
                    "\"%s\": the file %s is missing: export it again or correct the path".formatted(field, file));
        }
        var single = sha256();
        try (var stream = Files.newInputStream(file)) {
            byte[] part = new byte[CHUNK];
            for (int read = stream.read(part); read >= 0; read = stream.read(part)) {
                whole.update(part, 0, read);
                single.update(part, 0, read);
            }
        } catch (IOException e) {
            throw new EncodingException("\"%s\": the file %s cannot be read".formatted(field, file), e);
        }
        return HexFormat.of().formatHex(single.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
