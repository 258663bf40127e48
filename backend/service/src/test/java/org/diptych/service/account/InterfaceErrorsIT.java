package org.diptych.service.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.SoftAssertions;
import org.diptych.service.ServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every refusal and every failure of the interface, over a real connection: a problem document, and nothing else. */
@SpringBootTest(
        classes = ServiceTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.jpa.open-in-view=false",
            "diptych.data-dir=target/test-data",
            "server.forward-headers-strategy=native"
        })
class InterfaceErrorsIT {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> ADDRESSES = List.of(
            "/api/v1/session",
            "/api/v1/session/preferences",
            "/api/v1/annotate/labels",
            "/api/v1/annotate/campaigns/" + new UUID(0, 0) + "/claims",
            "/api/v1/campaigns",
            "/api/v1/protocols",
            "/api/v1/imports?campaign=x",
            "/api/v1/nonsense",
            "/api",
            "/api/",
            "/images/nonsense",
            "/images/" + "0".repeat(64) + "/display",
            "/actuator/metrics",
            "/actuator/nonsense",
            "/v3/nonsense");

    /** In every answer. */
    private static final Map<String, String> PROTECTION = Map.of(
            "Content-Security-Policy",
            "object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=()",
            "Cache-Control",
            "no-store");

    @LocalServerPort
    int port;

    @Autowired
    SignIns signIns;

    @Autowired
    SignInCookie cookies;

    @Autowired
    ApiTokenService tokens;

    @Autowired
    AccountService accounts;

    private final HttpClient http = HttpClient.newHttpClient();
    private SignedIn who;
    private String cookie;

    @BeforeEach
    void somebody_is_signed_in() {
        who = accounts.createAccount("e" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        cookie = cookieOf(signIns.begin(who.id(), 0).orElseThrow());
    }

    @AfterEach
    void close() {
        http.close();
    }

    private String cookieOf(String secret) {
        return cookies.name("x").replaceFirst("-x$", "") + "=" + secret;
    }

    private HttpResponse<String> send(String method, String address, @Nullable String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** What holds for each answer, whatever was asked by whom. */
    private static void check(SoftAssertions softly, String asked, HttpResponse<String> response) {
        var headers = response.headers();
        softly.assertThat(headers.firstValue("Location")).as(asked).isEmpty();
        softly.assertThat(response.body()).as(asked).doesNotContain("jsessionid", "<html", "Exception");
        softly.assertThat(String.join(" ", headers.allValues("Set-Cookie")))
                .as(asked)
                .doesNotContain("SESSION", "-page=");
        PROTECTION.forEach((name, value) -> softly.assertThat(headers.allValues(name))
                .as(asked + " " + name)
                .singleElement()
                .asString()
                .contains(value));
        if (response.statusCode() >= 400) {
            softly.assertThat(headers.firstValue("Content-Type"))
                    .as(asked)
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            if (!asked.startsWith("HEAD")) {
                var problem = json(response);
                softly.assertThat(problem.path("status").asInt()).as(asked).isEqualTo(response.statusCode());
                softly.assertThat(problem.path("code").asString("")).as(asked).isNotBlank();
                softly.assertThat(problem.path("detail").asString("")).as(asked).isNotBlank();
            }
        }
    }

    @Test
    void nobody_and_everybody_hears_problem_documents_at_every_address() throws Exception {
        var dead = cookieOf("a-secret-that-was-never-made");
        var callers = Map.of(
                "nobody",
                new String[] {},
                "a dead cookie",
                new String[] {"Cookie", dead},
                "a dead session",
                new String[] {"Cookie", "JSESSIONID=0123456789ABCDEF"},
                "a wrong token",
                new String[] {"Authorization", "Bearer dip_wrong"},
                "a token without a scheme",
                new String[] {"Authorization", "dip_wrong"},
                "an empty token",
                new String[] {"Authorization", "Bearer "},
                "broken basic credentials",
                new String[] {"Authorization", "Basic %%%"});
        var softly = new SoftAssertions();
        for (var address : ADDRESSES) {
            for (var method : METHODS) {
                for (var caller : callers.entrySet()) {
                    var asked = method + " " + address + " by " + caller.getKey();
                    var response = send(method, address, null, caller.getValue());
                    check(softly, asked, response);
                    softly.assertThat(response.statusCode()).as(asked).isEqualTo(401);
                    softly.assertThat(response.headers().allValues("Set-Cookie"))
                            .as(asked)
                            .isEmpty();
                }
            }
        }
        softly.assertAll();
        assertThat(json(send("POST", "/api/v1/annotate/labels", "{}"))
                        .path("code")
                        .asString())
                .isEqualTo("signed_out");
        assertThat(json(send("POST", "/api/v1/annotate/labels", "{}", "Authorization", "Bearer x"))
                        .path("code")
                        .asString())
                .isEqualTo("wrong_token");
    }

    @Test
    void somebody_with_a_token_or_a_page_hears_what_is_wrong_and_gets_no_session() throws Exception {
        var token = "Bearer " + tokens.create(who, "test").token();
        var csrf = csrf();
        var softly = new SoftAssertions();
        for (var address : ADDRESSES) {
            for (var method : METHODS) {
                var body = method.equals("GET") || method.equals("HEAD") ? null : "{";
                check(
                        softly,
                        method + " " + address + " by a token",
                        send(method, address, body, "Authorization", token, "Content-Type", "application/json"));
                check(
                        softly,
                        method + " " + address + " by a page",
                        send(method, address, body, "Cookie", csrf.cookies(), "X-XSRF-TOKEN", csrf.token()));
                var unprotected = send(method, address, body, "Cookie", cookie);
                check(softly, method + " " + address + " by a page without its token", unprotected);
                if (body != null && !method.equals("OPTIONS")) {
                    softly.assertThat(unprotected.statusCode())
                            .as(method + address)
                            .isEqualTo(403);
                    softly.assertThat(json(unprotected).path("code").asString()).isEqualTo("csrf");
                }
            }
        }
        softly.assertAll();
    }

    private record Csrf(String cookies, String token) {}

    private Csrf csrf() throws Exception {
        var session = send("GET", "/api/v1/session", null, "Cookie", cookie);
        assertThat(session.statusCode()).isEqualTo(200);
        var set = session.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(json(session).path("csrf").path("header").asString()).isEqualTo("X-XSRF-TOKEN");
        return new Csrf(
                cookie + "; " + set.substring(0, set.indexOf(';')),
                json(session).path("csrf").path("token").asString());
    }

    @Test
    void unknown_addresses_methods_and_types_are_told_apart() throws Exception {
        var token = "Bearer " + tokens.create(who, "test").token();
        assertCode(404, "not_found", send("GET", "/api/v1/nonsense", null, "Authorization", token));
        assertCode(404, "not_found", send("GET", "/images/nonsense", null, "Authorization", token));
        assertCode(
                404,
                "unknown_image",
                send("GET", "/images/" + "0".repeat(64) + "/display", null, "Authorization", token));
        assertCode(404, "not_found", send("GET", "/v3/nonsense", null, "Authorization", token));
        assertCode(405, "method_not_allowed", send("DELETE", "/api/v1/session", null, "Authorization", token));
        assertCode(403, "forbidden", send("GET", "/actuator/metrics", null, "Authorization", token));
        assertCode(
                406,
                "not_acceptable",
                send("GET", "/api/v1/session", null, "Authorization", token, "Accept", "application/pdf"));
        assertCode(
                415,
                "unsupported_media_type",
                send("PUT", "/api/v1/session/preferences", "x", "Authorization", token, "Content-Type", "text/plain"));
        assertCode(
                403,
                "not_a_lead",
                send("POST", "/api/v1/imports?campaign=x", "x", "Authorization", token, "Content-Type", "text/plain"));
        var admin = "Bearer "
                + tokens.create(
                                accounts.createAccount("a" + UUID.randomUUID(), "Administrator", Role.ADMIN, null)
                                        .account(),
                                "test")
                        .token();
        assertCode(404, "not_found", send("GET", "/actuator/nonsense", null, "Authorization", admin));
    }

    private static void assertCode(int status, String code, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var softly = new SoftAssertions();
        check(softly, response.request().method() + response.uri(), response);
        softly.assertAll();
        assertThat(json(response).path("code").asString()).as(response.body()).isEqualTo(code);
    }

    /** What no client library lets through is written to the socket. */
    @Test
    void addresses_and_methods_that_cannot_be_read_are_refused_in_the_same_form() throws Exception {
        for (var line : List.of(
                "GET /api/v1/%zz",
                "GET /api/v1/%00",
                "GET /api/v1/session%2Fx",
                "GET /api/v1/session;jsessionid=1",
                "GET //api/v1/session",
                "GET /api//v1/session",
                "GET /api/../api/v1/session",
                "GET /api/v1/%C0%AF",
                "GET /images/%zz",
                "GET /api/v1/<x>",
                "TRACE /api/v1/session",
                "PROPFIND /api/v1/session",
                "FOO /api/v1/session")) {
            var answer = raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .as(line)
                    .containsPattern("^HTTP/1.1 4(00|01|05)")
                    .contains("application/problem+json", "\"code\":", "\"detail\":")
                    .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store", "frame-ancestors 'none'")
                    .doesNotContain("<html", "Location:", "jsessionid=", "Set-Cookie", "Exception");
        }
    }

    @Test
    void a_person_whose_address_cannot_be_read_gets_a_page() throws Exception {
        var answer = raw("GET /campaigns/%zz HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*\r\n"
                + "Accept-Language: zh\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("text/html", "没有这个页面", "href=\"/\"");
        assertThat(answer).doesNotContain("Exception", "Tomcat");
    }

    @Test
    void an_upload_that_curl_calls_a_form_is_read_as_the_bytes_it_is() throws Exception {
        var token = "Bearer "
                + tokens.create(
                                accounts.createAccount("a" + UUID.randomUUID(), "Administrator", Role.ADMIN, null)
                                        .account(),
                                "test")
                        .token();
        for (var type : List.of("application/x-www-form-urlencoded", "application/zip")) {
            assertCode(
                    422,
                    "invalid_archive",
                    send(
                            "POST",
                            "/api/v1/imports?campaign=x",
                            "no=archive&at=all",
                            "Authorization",
                            token,
                            "Content-Type",
                            type));
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void the_first_password_door_says_what_is_wrong() throws Exception {
        var wrong = Base64.getEncoder().encodeToString((who.name() + ":wrong").getBytes(UTF_8));
        var nul = Base64.getEncoder().encodeToString("na\0me:wro\0ng".getBytes(UTF_8));
        assertCode(401, "wrong_credentials", send("POST", "/api/v1/tokens", null, "Authorization", "Basic " + wrong));
        assertCode(401, "wrong_credentials", send("POST", "/api/v1/tokens", null, "Authorization", "Basic " + nul));
        assertCode(401, "signed_out", send("POST", "/api/v1/tokens", null));
        for (int more = 0; more < 4; more++) {
            send("POST", "/api/v1/tokens", null, "Authorization", "Basic " + wrong);
        }
        var refused = send("POST", "/api/v1/tokens", null, "Authorization", "Basic " + wrong);
        assertCode(429, "too_many_tries", refused);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_it_is_parsed() throws Exception {
        var token = "Bearer " + tokens.create(who, "test").token();
        var fits = "{\"a\":\"" + "x".repeat(255 * 1024) + "\"}";
        var large = "{\"a\":\"" + "x".repeat(256 * 1024) + "\"}";
        assertThat(send(
                                "POST",
                                "/api/v1/annotate/labels",
                                fits,
                                "Authorization",
                                token,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isNotEqualTo(413)
                .isLessThan(500);
        assertCode(
                413,
                "too_large",
                send(
                        "POST",
                        "/api/v1/annotate/labels",
                        large,
                        "Authorization",
                        token,
                        "Content-Type",
                        "application/json"));
        assertThat(chunked("/api/v1/annotate/labels", large.getBytes(UTF_8), token))
                .isEqualTo(413);
        assertThat(chunked("/api/v1/protocols", new byte[1024 * 1024 + 1], token))
                .isEqualTo(413);
        assertThat(chunked("/api/v1/protocols", new byte[1024 * 1024 - 1], token))
                .isNotEqualTo(413);
    }

    private int chunked(String address, byte[] body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .headers("Authorization", token, "Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    @Test
    void many_large_bodies_at_once_stop_nobody() throws Exception {
        var token = "Bearer " + tokens.create(who, "test").token();
        var requests = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 24; i++) {
            requests.add(() -> {
                var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/annotate/labels"))
                        .headers("Authorization", token, "Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> endless(48 * 1024 * 1024)));
                return http.send(request.build(), BodyHandlers.ofString()).statusCode();
            });
        }
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : all.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(413);
            }
        }
        assertThat(send("GET", "/actuator/health", null).statusCode()).isEqualTo(200);
    }

    /** An attention of many small objects, never whole in memory. */
    private static InputStream endless(int length) {
        return new InputStream() {
            private int given;

            @Override
            public int read() {
                return given < length ? "{},".charAt(given++ % 3) : -1;
            }
        };
    }

    @Test
    void deep_nesting_is_a_wrong_body_and_no_overflow() throws Exception {
        var token = "Bearer " + tokens.create(who, "test").token();
        for (var open : List.of("[", "{\"a\":")) {
            var response = send(
                    "PUT",
                    "/api/v1/session/preferences",
                    "{\"x\":" + open.repeat(40_000),
                    "Authorization",
                    token,
                    "Content-Type",
                    "application/json");
            assertThat(response.statusCode()).isIn(400, 422);
            check(new SoftAssertions(), "PUT", response);
        }
    }

    @Test
    void below_a_prefix_of_a_proxy_the_cookies_stay_there() throws Exception {
        var session = send("GET", "/api/v1/session", null, "Cookie", cookie, "X-Forwarded-Prefix", "/label");
        assertThat(session.statusCode()).isEqualTo(200);
        assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).contains("Path=/label;", "SameSite=Lax");
        var evil = send("GET", "/api/v1/session", null, "Cookie", cookie, "X-Forwarded-Prefix", "//evil.example");
        assertThat(evil.headers().firstValue("Set-Cookie").orElseThrow()).contains("Path=/;");
    }
}
