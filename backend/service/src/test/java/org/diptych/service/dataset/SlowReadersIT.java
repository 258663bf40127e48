package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.Role;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Clients that read, or write, as slowly as they like, at a real port. */
@SpringBootTest(
        classes = ServiceTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.jpa.open-in-view=false",
            "diptych.data-dir=target/test-data",
            // as application.yaml has it: a thread for every reader, and no end to their patience
            "spring.threads.virtual.enabled=true",
            "spring.mvc.async.request-timeout=-1"
        })
class SlowReadersIT {
    /** Far more than all buffers between a server and its client hold. */
    private static final int LINES = 4_000;

    private static final int READERS = 24;

    @LocalServerPort
    private int port;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private AccountService accounts;

    @Autowired
    private ApiTokenService tokens;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource pool;

    private final List<Socket> readers = new ArrayList<>();
    private UUID campaign = new UUID(0, 0);

    @BeforeEach
    void a_campaign_with_many_labels() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        var person = fixture.annotators(campaign, 1).getFirst();
        var assignment = assignments.claim(person, campaign, 1).assignments().getFirst();
        labels.submit(person, TestSubmissions.rated(assignment, 4, 2));
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, kind, protocol_sha256, answers,
                            verdicts, comment, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                        SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, assignment_id, kind, protocol_sha256, answers,
                            verdicts, repeat('x', 4000), swapped, stratum, selection_probability, fencing_token, 1000
                        FROM label, generate_series(1, ?) WHERE campaign_id = ?""").params(LINES, campaign).update();
    }

    @AfterEach
    void hang_up() throws IOException {
        for (var reader : readers) {
            reader.close();
        }
    }

    @Test
    void slow_readers_hold_no_connection_of_the_database() throws Exception {
        for (int reader = 0; reader < READERS; reader += 2) {
            var token = newToken();
            for (var path : List.of("/export", "/candidates")) {
                read(token, path, 1);
            }
        }

        assertThat(((HikariDataSource) pool).getHikariPoolMXBean().getActiveConnections())
                .isZero();
        assertThat(get(newToken(), "").statusCode()).isEqualTo(200);
    }

    @Test
    void one_account_holds_few_downloads_and_others_none_the_less() throws Exception {
        var greedy = newToken();
        read(greedy, "/export", 1);
        read(greedy, "/export", 1);

        var third = get(greedy, "/export");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("\"code\":\"too_many_downloads\"");
        assertThat(get(newToken(), "/export").body().lines()).hasSize(LINES + 1);
    }

    @Test
    void who_sends_a_label_byte_by_byte_holds_no_connection_meanwhile_and_is_heard() throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var other = fixture.campaign("edit-preference-v1", 1, 1);
        var person = fixture.annotators(other, 1).getFirst();
        var held = assignments.claim(person, other, 1).assignments().getFirst();
        var label = JsonMapper.shared().writeValueAsString(TestSubmissions.rated(held, 4, 2));
        try (var socket = new Socket("localhost", port)) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            out.write("""
                    POST /api/v1/annotate/labels HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    """.formatted(tokens.create(person, "test").token(), label.length())
                    .getBytes(StandardCharsets.US_ASCII));
            int sent = 0;
            for (var letter : label.getBytes(StandardCharsets.US_ASCII)) {
                out.write(letter);
                out.flush();
                if (++sent == label.length() / 2) {
                    awaitNoConnection();
                }
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 201")
                    .contains("\"status\":\"accepted\"");
        }
    }

    /** Who is asking was looked up at the head of the request; from then on nothing is held. */
    private void awaitNoConnection() throws InterruptedException {
        var connections = ((HikariDataSource) pool).getHikariPoolMXBean();
        for (long begun = System.nanoTime(); connections.getActiveConnections() > 0; Thread.sleep(20)) {
            assertThat(System.nanoTime() - begun)
                    .as("nanoseconds for which a connection is held")
                    .isLessThan(10_000_000_000L);
        }
    }

    private String newToken() {
        var admin = accounts.createAccount("a" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        return tokens.create(admin, "test").token();
    }

    /** Asks for a download, reads its first bytes and stops. */
    private void read(String token, String path, int bytes) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("localhost", port));
        readers.add(socket);
        var request = "GET /api/v1/campaigns/%s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(campaign, path, token);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(bytes)).isEqualTo("H".getBytes(StandardCharsets.US_ASCII));
    }

    private HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + port + "/api/v1/campaigns/" + campaign + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
