package org.diptych.service.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, lower-case hexadecimal. */
final class Digests {
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] content) {
        var digest = sha256();
        digest.update(content);
        return hex(digest);
    }

    /** Digest of all that is left of a stream. */
    static String of(InputStream content) throws IOException {
        var digest = sha256();
        var buffer = new byte[BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return hex(digest);
    }

    /** Adds an object to the digest of all objects. */
    static void add(MessageDigest all, String key, String sha256) {
        all.update((key + " " + sha256 + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
