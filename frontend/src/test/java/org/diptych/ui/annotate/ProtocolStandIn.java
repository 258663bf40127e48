package org.diptych.ui.annotate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.protocol.ProtocolChange;
import org.diptych.service.protocol.ProtocolComparison;
import org.jspecify.annotations.NullUnmarked;

/** The versions of a campaign's protocol as the annotation interface shows them, for one annotator. */
@NullUnmarked
final class ProtocolStandIn {
    private final Map<String, Map<String, Object>> versions = new LinkedHashMap<>();
    private final List<String> confirmed = new ArrayList<>();
    private String digest = "first";
    private String former = "first";
    private boolean failing;
    /** What the worked examples show, in their order. */
    private List<Map<String, Object>> pictures = List.of();

    ProtocolStandIn() {
        versions.put(digest, ProtocolDocument.bundled("edit-preference-v1").tree());
    }

    /** From now on pairs are leased under this version; before the page is opened it is where everybody begins. */
    void move(Map<String, Object> document, String newDigest) {
        versions.put(newDigest, document);
        digest = newDigest;
    }

    /** The worked examples have pictures. */
    void illustrate(List<Map<String, Object>> examples) {
        pictures = examples;
    }

    /** The annotator knows the version that holds now. */
    void known() {
        former = digest;
    }

    /** Confirmations cannot be stored for a while. */
    void fail(boolean now) {
        failing = now;
    }

    String digest() {
        return digest;
    }

    /** What was confirmed, in order. */
    List<String> confirmed() {
        return List.copyOf(confirmed);
    }

    Map<String, Object> current() {
        return version(digest);
    }

    private Map<String, Object> version(String name) {
        return Map.of(
                "sha256", name, "reference", "p-" + name, "document", versions.get(name), "examplePictures", pictures);
    }

    boolean owns(String path) {
        return path.contains("/protocols/")
                || path.endsWith("/protocol-change")
                || path.endsWith("/guideline-confirmations");
    }

    Object answer(String path, Map<String, Object> sent) {
        if (path.endsWith("/protocol-change")) {
            return former.equals(digest) || confirmed.contains(digest) ? null : change();
        }
        if (path.endsWith("/guideline-confirmations")) {
            if (failing) {
                throw new IllegalStateException("confirmations are not stored");
            }
            confirmed.add((String) sent.get("protocolSha256"));
            former = digest;
            return sent;
        }
        return version(path.substring(path.lastIndexOf('/') + 1));
    }

    private Map<String, Object> change() {
        var sections =
                ProtocolComparison.of(document(former), document(digest), "en").sections();
        return Map.of("from", named(former, 1), "to", named(digest, 2), "sections", sections);
    }

    private static ProtocolChange.Version named(String name, int version) {
        return new ProtocolChange.Version("p-" + name, version, name, "Edit preference");
    }

    private ProtocolDocument document(String name) {
        return new ProtocolDocument(
                "",
                versions.get(name),
                ProtocolDocument.bundled("edit-preference-v1").protocol());
    }
}
