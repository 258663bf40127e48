package org.diptych.service.protocol;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Publishes protocols and finds published ones. What is published never changes, so it is parsed once and kept. */
@Service
@Transactional
public class ProtocolService {
    private static final Logger log = LoggerFactory.getLogger(ProtocolService.class);

    /** No later release may find that somebody else has published what it brings. */
    private static final Set<String> RESERVED = Stream.of(ProtocolDocument.BUNDLED, ProtocolDocument.OF_IMPORTED_LABELS)
            .flatMap(List::stream)
            .map(reference -> reference.substring(0, reference.lastIndexOf("-v")))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MOST_KEPT = 1_000;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Cache<String, ProtocolDocument> parsed =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ProtocolService(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * The protocols that come with the product are published at every start; nothing happens when they are there. A
     * published one is never changed: where another text holds the reference already, labels refer to it, and it stays.
     */
    @EventListener(ContextRefreshedEvent.class)
    void publishBundled() {
        ProtocolDocument.BUNDLED.forEach(reference -> publishBundled(ProtocolDocument.bundled(reference)));
    }

    /**
     * One of the documents {@link ProtocolDocument#OF_IMPORTED_LABELS}, published with the first label that needs it.
     *
     * @throws Problem {@code protocol_published} when another text holds its reference
     */
    @Unaudited("part of an import, which is audited; the text comes with the product")
    public ProtocolDocument ofImportedLabels(String reference) {
        if (!ProtocolDocument.OF_IMPORTED_LABELS.contains(reference)) {
            throw new IllegalArgumentException(reference + " is for no imported labels");
        }
        return insert(ProtocolDocument.bundled(reference), null);
    }

    ProtocolDocument publishBundled(ProtocolDocument document) {
        try {
            return insert(document, null);
        } catch (Problem other) {
            log.warn(
                    "the protocol {} that comes with this release is not published: {}",
                    document.protocol().reference(),
                    other.detail());
            return document;
        }
    }

    /** Requires that somebody may publish protocols at all. */
    static void requirePublisher(SignedIn who) {
        if (who.role() == Role.ANNOTATOR) {
            throw Problem.forbidden("not_a_lead", "Only leads and administrators publish protocols.");
        }
    }

    /**
     * Publishes a document. Publishing the same bytes again changes nothing. The first version of an id makes it the
     * publisher's: later ones are theirs or an administrator's. The ids that come with the product are nobody's.
     *
     * @throws Problem {@code not_a_lead}; {@code reserved_id}; {@code foreign_id}; {@code protocol_published} when this id
     *     and version was published with other content
     */
    public ProtocolDocument publish(SignedIn who, ProtocolDocument document) {
        requirePublisher(who);
        var protocol = document.protocol();
        if (isPublished(protocol.sha256())) {
            return document;
        }
        var id = protocol.id();
        if (RESERVED.contains(id)) {
            throw Problem.invalid(
                    "reserved_id",
                    "id",
                    "The id " + id + " is kept for the protocols that come with the product. Give yours another one,"
                            + " e.g. my-" + id + ".");
        }
        // of two first versions at once the second finds the first one's publisher
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('protocol ' || ?, 0))")
                .param(id)
                .query((row, number) -> number)
                .list();
        if (who.role() != Role.ADMIN && isForeign(who, id)) {
            throw Problem.conflict(
                    "foreign_id",
                    "The id " + id
                            + " belongs to whoever published its first version. Give your protocol another id, or"
                            + " ask an administrator to publish this version.");
        }
        var published = insert(document, who.id());
        audit.write(
                AuditAction.PROTOCOL_PUBLISHED,
                who.id(),
                null,
                protocol.reference(),
                null,
                Map.of("sha256", protocol.sha256()));
        return published;
    }

    private boolean isPublished(String sha256) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM protocol WHERE sha256 = ?)")
                .param(sha256)
                .query(Boolean.class)
                .single();
    }

    private boolean isForeign(SignedIn who, String id) {
        return jdbc.sql("""
                        SELECT published_by IS DISTINCT FROM ? FROM protocol WHERE id = ?
                        ORDER BY published_at, version LIMIT 1""")
                .params(who.id(), id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private ProtocolDocument insert(ProtocolDocument document, @Nullable UUID publisher) {
        var protocol = document.protocol();
        jdbc.sql("""
                        INSERT INTO protocol (sha256, id, version, document, published_by)
                        VALUES (:sha256, :id, :version, :document, :publisher) ON CONFLICT DO NOTHING""")
                .param("sha256", protocol.sha256())
                .param("id", protocol.id())
                .param("version", protocol.version())
                .param("document", document.text())
                .param("publisher", publisher)
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
        return Objects.requireNonNull(parsed.get(sha256, this::load));
    }

    /** The published protocol with the given reference, e.g. {@code edit-preference-v1}; of those that a campaign can be under. */
    @Transactional(readOnly = true)
    public ProtocolDocument byReference(String reference) {
        return jdbc.sql("SELECT sha256 FROM protocol WHERE id || '-v' || version = ?")
                .param(reference)
                .query(String.class)
                .optional()
                .filter(_ -> !ProtocolDocument.OF_IMPORTED_LABELS.contains(reference))
                .map(this::bySha256)
                .orElseThrow(() -> Problem.invalid(
                        "unknown_protocol",
                        "protocol",
                        "There is no published protocol " + reference + ". Published: "
                                + String.join(", ", references()) + "."));
    }

    /** References of all published protocols that a campaign can be under. */
    @Transactional(readOnly = true)
    public List<String> references() {
        return jdbc.sql("""
                        SELECT id || '-v' || version FROM protocol WHERE id || '-v' || version <> ALL (?::text[])
                        ORDER BY id, version""")
                .param(ProtocolDocument.OF_IMPORTED_LABELS.toArray(String[]::new))
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
