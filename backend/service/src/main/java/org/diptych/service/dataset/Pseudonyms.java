package org.diptych.service.dataset;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.diptych.protocol.text.Sha256;
import org.jspecify.annotations.Nullable;

/** Names as one export says them. Who knows the names cannot find them by trying: the salt is forgotten. */
final class Pseudonyms {
    private static final int LENGTH = 10;

    private final Names names;
    private final byte[] salt = new byte[32];

    Pseudonyms(Names names) {
        this.names = names;
        new SecureRandom().nextBytes(salt);
    }

    @Nullable
    String annotator(String name) {
        return say("annotator", name);
    }

    @Nullable
    String model(String name) {
        return say("model", name);
    }

    /** A text that may tell a name, such as the path of a file or a comment: as written or not at all. */
    @Nullable
    String telling(@Nullable String text) {
        return names == Names.WRITTEN ? text : null;
    }

    private @Nullable String say(String kind, String name) {
        return switch (names) {
            case WRITTEN -> name;
            case NONE -> null;
            case PSEUDONYM -> {
                var digest = Sha256.digest();
                digest.update(salt);
                digest.update((kind + "\n" + name).getBytes(StandardCharsets.UTF_8));
                yield kind + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
            }
        };
    }
}
