package org.diptych.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Who may publish what, and what becomes of the bytes. */
@ServiceTest
class ProtocolPublishingIT {
    @Autowired
    private ProtocolService protocols;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private SignedIn lead;

    @BeforeEach
    void setUp(@Autowired WebApplicationContext context) {
        http = new HttpFixture(context);
        lead = account(Role.LEAD);
    }

    private SignedIn account(Role role) {
        return accounts.createAccount("u" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private static String document(String id, int version) {
        return ProtocolDocument.bundled("edit-preference-v1")
                .text()
                .replaceFirst("id: edit-preference", "id: " + id)
                .replaceFirst("version: 1", "version: " + version);
    }

    private static String newId() {
        return "study-" + UUID.randomUUID();
    }

    private Answer publish(SignedIn who, String mediaType, byte[] bytes) throws Exception {
        return http.send(
                who,
                post("/api/v1/protocols")
                        .contentType(MediaType.parseMediaType(mediaType))
                        .content(bytes));
    }

    private Answer publish(SignedIn who, String text) throws Exception {
        return publish(who, "application/yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_ids_of_the_product_are_kept_for_it() throws Exception {
        for (var who : new SignedIn[] {lead, account(Role.ADMIN)}) {
            assertThat(publish(who, document("edit-preference", 2)).problem()).isEqualTo("422 reserved_id id");
            assertThat(publish(who, document("edit-comparison", 7)).problem()).isEqualTo("422 reserved_id id");
        }
        var bundled = ProtocolDocument.bundled("edit-preference-v1").text();
        assertThat(publish(lead, bundled).status()).isEqualTo(201);
    }

    @Test
    void an_id_belongs_to_its_first_publisher_and_administrators() throws Exception {
        var id = newId();
        assertThat(publish(lead, document(id, 1)).status()).isEqualTo(201);
        var answer = publish(account(Role.LEAD), document(id, 2));
        assertThat(answer.problem()).isEqualTo("409 foreign_id");
        assertThat(answer.detail()).contains(id);
        assertThat(publish(lead, document(id, 2)).status()).isEqualTo(201);
        assertThat(publish(account(Role.ADMIN), document(id, 3)).status()).isEqualTo(201);
        assertThat(publish(lead, document(id, 4)).status()).isEqualTo(201);
        assertThat(publish(account(Role.ANNOTATOR), document(id, 5)).problem()).isEqualTo("403 not_a_lead");
    }

    @Test
    void what_was_published_before_publishers_were_recorded_is_an_administrators() throws Exception {
        var id = newId();
        var former = ProtocolDocument.parse(document(id, 1));
        protocols.publishBundled(former);
        assertThat(publish(lead, document(id, 2)).problem()).isEqualTo("409 foreign_id");
        assertThat(publish(account(Role.ADMIN), document(id, 2)).status()).isEqualTo(201);
    }

    @Test
    void a_release_that_brings_another_text_of_a_published_version_starts_and_says_so() throws Exception {
        var stored = ProtocolDocument.parse(document("edit-preference", 9));
        jdbc.sql("INSERT INTO protocol (sha256, id, version, document) VALUES (?, ?, ?, ?)")
                .params(stored.protocol().sha256(), "edit-preference", 9, stored.text())
                .update();
        var log = (Logger) LoggerFactory.getLogger(ProtocolService.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try {
            protocols.publishBundled(ProtocolDocument.parse(document("edit-preference", 9) + "\n# another\n"));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("edit-preference-v9"));
        assertThat(protocols.byReference("edit-preference-v9").protocol().sha256())
                .isEqualTo(stored.protocol().sha256());
    }

    @Test
    void the_bytes_are_taken_as_sent_whatever_they_are_called() throws Exception {
        for (var mediaType : new String[] {
            "application/x-www-form-urlencoded",
            "application/yaml",
            "text/plain",
            "text/plain;charset=ISO-8859-1",
            "application/octet-stream",
            "application/json"
        }) {
            var bytes = (document(newId(), 1) + "# 100 % + ä = 好 &\r\n").getBytes(StandardCharsets.UTF_8);
            var answer = publish(lead, mediaType, bytes);
            assertThat(answer.status()).as(mediaType).isEqualTo(201);
            assertThat(answer.json().path("sha256").asString())
                    .as(mediaType)
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    @Test
    void what_cannot_be_read_is_refused_in_words() throws Exception {
        var latin = (document(newId(), 1) + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        // the document has other letters, which one byte cannot write: they are question marks here
        var answer = publish(lead, "application/x-www-form-urlencoded", latin);
        assertThat(answer.problem()).isEqualTo("422 invalid_protocol document");
        assertThat(answer.detail()).contains("line ").contains("UTF-8");
        assertThat(publish(lead, "").problem()).isEqualTo("422 missing_body document");
        assertThat(publish(lead, "#".repeat(3_000_000)).detail()).contains("larger than");
        assertThat(publish(lead, "id: " + "[".repeat(200_000)).detail()).contains("nested");
        assertThat(publish(lead, document(newId(), 1).replaceFirst("mode: rating", "mode: rate"))
                        .problem())
                .isEqualTo("422 invalid_protocol mode");
    }
}
