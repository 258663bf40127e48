package org.diptych.protocol;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diptych.problem.Problem;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Publishes protocols and finds published ones. What is published never changes, so it is parsed once and kept. */
@Service
@Transactional
public class ProtocolService {
    private final JdbcClient jdbc;
    private final Map<String, ProtocolDocument> parsed = new ConcurrentHashMap<>();

    ProtocolService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The protocols that come with the product are published at every start; nothing happens when they are there. */
    @EventListener(ContextRefreshedEvent.class)
    void publishBundled() {
        ProtocolDocument.BUNDLED.forEach(
                reference -> publish(ProtocolDocument.bundled(reference).text()));
    }

    /**
     * Publishes a document. Publishing the same bytes again changes nothing.
     *
     * @throws InvalidProtocolException when the document does not follow the schema
     * @throws Problem {@code protocol_published} when this id and version was published with other content
     */
    public ProtocolDocument publish(String text) {
        var document = ProtocolDocument.parse(text);
        var protocol = document.protocol();
        jdbc.sql("""
                        INSERT INTO protocol (sha256, id, version, document) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""")
                .params(protocol.sha256(), protocol.id(), protocol.version(), text)
                .update();
        var published = jdbc.sql("SELECT sha256 FROM protocol WHERE id = ? AND version = ?")
                .params(protocol.id(), protocol.version())
                .query(String.class)
                .single();
        if (!published.equals(protocol.sha256())) {
            throw Problem.conflict(
                    "protocol_published",
                    "Protocol " + protocol.reference() + " is published with digest " + published
                            + " and cannot change. Publish the new text as version " + (protocol.version() + 1) + ".");
        }
        return document;
    }

    /** The published protocol with the given digest. */
    @Transactional(readOnly = true)
    public ProtocolDocument bySha256(String sha256) {
        return parsed.computeIfAbsent(sha256, this::load);
    }

    /** The published protocol with the given reference, e.g. {@code edit-preference-v1}. */
    @Transactional(readOnly = true)
    public ProtocolDocument byReference(String reference) {
        return jdbc.sql("SELECT sha256 FROM protocol WHERE id || '-v' || version = ?")
                .param(reference)
                .query(String.class)
                .optional()
                .map(this::bySha256)
                .orElseThrow(() -> Problem.invalid(
                        "unknown_protocol",
                        "protocol",
                        "There is no published protocol " + reference + ". Published: "
                                + String.join(", ", references()) + "."));
    }

    /** References of all published protocols. */
    @Transactional(readOnly = true)
    public List<String> references() {
        return jdbc.sql("SELECT id || '-v' || version FROM protocol ORDER BY id, version")
                .query(String.class)
                .list();
    }

    private ProtocolDocument load(String sha256) {
        var text = jdbc.sql("SELECT document FROM protocol WHERE sha256 = ?")
                .param(sha256)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_protocol", "There is no protocol " + sha256 + "."));
        return ProtocolDocument.parse(text);
    }
}
