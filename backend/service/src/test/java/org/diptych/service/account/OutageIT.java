package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.UUID;
import org.diptych.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.json.JsonMapper;

/** The database goes away under a running server: everybody is asked to try again, and nobody is signed out. */
@SpringBootTest(
        classes = ServiceTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.jpa.open-in-view=false", "diptych.data-dir=target/test-data"})
@Import(OutageIT.OwnDatabase.class)
@DirtiesContext
class OutageIT {
    @TestConfiguration
    static class OwnDatabase {
        @Bean(destroyMethod = "close")
        EmbeddedPostgres postgres() throws Exception {
            return EmbeddedPostgres.start();
        }

        @Bean
        @Primary
        javax.sql.DataSource database(EmbeddedPostgres postgres) throws Exception {
            var pool = new com.zaxxer.hikari.HikariDataSource();
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setConnectionTimeout(1_000);
            // the pool trusts a connection used a moment ago without asking it: here every one, so that requests
            // meet broken connections as well as none
            System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "600000");
            pool.getConnection().close();
            System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
            return pool;
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    EmbeddedPostgres postgres;

    @Autowired
    SignIns signIns;

    @Autowired
    SignInCookie cookies;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    AccountService accounts;

    @Test
    void a_client_hears_503_and_when_to_try_again_and_is_neither_redirected_nor_signed_out() throws Exception {
        var account = accounts.createAccount("o" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null);
        var token = tokens.create(account.account(), "test").token();
        var cookie = cookies.name("x").replaceFirst("-x$", "") + "="
                + signIns.begin(account.account().id(), 0).orElseThrow();
        var basic = Base64.getEncoder()
                .encodeToString((account.account().name() + ":" + account.password())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (var http = HttpClient.newHttpClient()) {
            // known for some seconds, so that the doors let them in and the controllers meet the outage
            assertThat(status(http, "Cookie", cookie)).isEqualTo(200);
            assertThat(status(http, "Authorization", "Bearer " + token)).isEqualTo(200);
            postgres.close();
            for (int round = 0; round < 2; round++) {
                unavailable(http, "GET", "/api/v1/session", "Cookie", cookie);
                unavailable(http, "GET", "/api/v1/session", "Authorization", "Bearer " + token);
                unavailable(http, "POST", "/api/v1/annotate/labels", "Cookie", cookie + "x");
                unavailable(http, "GET", "/api/v1/session", "Authorization", "Bearer " + token + "x");
                unavailable(http, "GET", "/images/" + "0".repeat(64) + "/display", "Cookie", cookie);
                unavailable(http, "POST", "/api/v1/tokens", "Authorization", "Basic " + basic);
                Thread.sleep(round == 0 ? 5_100 : 0);
            }
            var page = http.send(request("GET", "/no-page", "Cookie", cookie).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isIn(401, 403, 404, 503);
        }
    }

    private int status(HttpClient http, String header, String value) throws Exception {
        return http.send(request("GET", "/api/v1/session", header, value).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String method, String address, String header, String value) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .method(method, BodyPublishers.noBody())
                .header(header, value);
    }

    private void unavailable(HttpClient http, String method, String address, String header, String value)
            throws Exception {
        var answer = http.send(request(method, address, header, value).build(), BodyHandlers.ofString());
        var asked = method + " " + address + " with " + header + ": " + answer.body();
        assertThat(answer.statusCode()).as(asked).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).as(asked).isPresent();
        assertThat(answer.headers().firstValue("Location")).as(asked).isEmpty();
        assertThat(answer.headers().allValues("Set-Cookie")).as(asked).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).as(asked).contains("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString())
                .as(asked)
                .isEqualTo("unavailable");
    }
}
