package org.diptych.service.protocol;

import org.diptych.protocol.ProtocolDocument;

/** Later versions of a bundled protocol, made by changing words of the first. */
public final class ProtocolVersions {
    private ProtocolVersions() {}

    /** Publishes the given version of {@code edit-preference}, with a word replaced, as a later release would. */
    public static ProtocolDocument publish(ProtocolService protocols, int version, String word, String by) {
        return protocols.publishBundled(ProtocolDocument.parse(of(version, word, by)));
    }

    /** The given version of {@code edit-preference}, with a word replaced. */
    public static String of(int version, String word, String by) {
        var text = ProtocolDocument.bundled("edit-preference-v1").text();
        if (!text.contains(word)) {
            throw new IllegalArgumentException("the protocol does not say " + word);
        }
        return text.replace("version: 1", "version: " + version).replace(word, by);
    }
}
