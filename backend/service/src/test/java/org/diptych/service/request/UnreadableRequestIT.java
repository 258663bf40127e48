package org.diptych.service.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Every request that cannot be read is told which field is wrong and what it must be; none of them is an error of the server. */
@ServiceTest
class UnreadableRequestIT {
    private HttpFixture http;
    private SignedIn admin;
    private UUID campaign;

    @BeforeEach
    void setUp(
            @Autowired WebApplicationContext context, @Autowired AccountService accounts, @Autowired JdbcClient jdbc) {
        http = new HttpFixture(context);
        admin = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
    }

    private Answer label(String json) throws Exception {
        return http.send(
                admin,
                post("/api/v1/annotate/labels")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json));
    }

    private static String label(String field, String value) {
        return """
                {"id": "%s", "assignment": "%s", "token": 1, "activeMilliseconds": 5, "skip": {"reason": "unclear"},
                 "%s": %s}""".formatted(UUID.randomUUID(), UUID.randomUUID(), field, value);
    }

    private Answer state(String json) throws Exception {
        return http.send(
                admin,
                put("/api/v1/campaigns/{campaign}/state", campaign)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json));
    }

    @Test
    void characters_that_cannot_be_stored_are_refused_wherever_they_lie() throws Exception {
        assertThat(label(label("comment", "\"a\\u0000b\"")).problem()).isEqualTo("422 invalid_text comment");
        assertThat(label(label("comment", "\"\\ud800\"")).problem()).isEqualTo("422 invalid_text comment");
        assertThat(label(label("comment", "\"\\u0007\"")).detail()).contains("U+0007");
        assertThat(label(label("attention", "{\"modes\": [1, {\"x\": \"\\udfff\"}]}"))
                        .problem())
                .isEqualTo("422 invalid_text attention.modes[1].x");
        assertThat(label(label("attention", "{\"a\\u0000\": 1}")).problem())
                .isEqualTo("422 invalid_text attention.aU+0000");
        assertThat(label(label("comment", "\"two\\nlines\\tand 👩\"")).problem())
                .isEqualTo("404 unknown_assignment");
    }

    @Test
    void bytes_of_half_a_pair_are_refused_as_its_escape_is() throws Exception {
        var text = label("comment", "\"?\"").getBytes(StandardCharsets.UTF_8);
        var raw = new String(text, StandardCharsets.ISO_8859_1)
                .replace("\"?\"", "\"\u00ed\u00a0\u0080\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        var answer = http.send(
                admin,
                post("/api/v1/annotate/labels")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(raw));
        assertThat(answer.problem()).isIn("422 invalid_text comment", "400 malformed_json");
    }

    @Test
    void numbers_without_end_are_refused() throws Exception {
        assertThat(label(label("attention", "{\"zoom\": 1e400}")).problem())
                .isEqualTo("422 invalid_number attention.zoom");
        assertThat(label(label("attention", "{\"zoom\": -1e400}")).problem())
                .isEqualTo("422 invalid_number attention.zoom");
        assertThat(label(label("attention", "{\"zoom\": NaN}")).problem()).isEqualTo("400 malformed_json");
    }

    @Test
    void a_missing_field_is_named() throws Exception {
        assertThat(label("{}").problem()).isEqualTo("422 missing_field id");
        assertThat(label("{\"id\": \"" + UUID.randomUUID() + "\"}").problem())
                .isEqualTo("422 missing_field assignment");
        assertThat(label(label("token", "null").replace("\"token\": 1,", "")).problem())
                .isEqualTo("422 missing_field token");
        assertThat(label(label("comment", "null").replace("{\"reason\": \"unclear\"}", "{}"))
                        .problem())
                .isEqualTo("422 missing_field skip.reason");
        assertThat(label(label("comment", "null").replace("\"activeMilliseconds\": 5,", ""))
                        .problem())
                .isEqualTo("422 missing_field activeMilliseconds");
        assertThat(state("{}").detail()).contains("state").contains("OPEN, PAUSED, CLOSED");
    }

    @Test
    void a_wrong_type_is_named_with_what_is_right() throws Exception {
        assertThat(label(label("flagged", "\"yes\"")).detail()).isEqualTo("flagged must be true or false.");
        assertThat(label(label("supersedes", "\"none\"")).problem()).isEqualTo("422 invalid_value supersedes");
        assertThat(label(label("supersedes", "\"\"")).problem()).isEqualTo("422 invalid_value supersedes");
        assertThat(label(label("comment", "5")).problem()).isEqualTo("422 invalid_value comment");
        assertThat(label(label("answers", "[]")).problem()).isEqualTo("422 invalid_value answers");
        assertThat(label(label("firstAnswerMilliseconds", "1.5")).problem())
                .isEqualTo("422 invalid_value firstAnswerMilliseconds");
        assertThat(label(label("firstAnswerMilliseconds", "\"5\"")).problem())
                .isEqualTo("422 invalid_value firstAnswerMilliseconds");
        assertThat(label(label("firstAnswerMilliseconds", "99999999999999999999"))
                        .problem())
                .isEqualTo("422 invalid_value firstAnswerMilliseconds");
        assertThat(label("[]").problem()).isEqualTo("422 invalid_value body");
        assertThat(label("5").problem()).isEqualTo("422 invalid_value body");
    }

    @Test
    void a_wrong_word_is_answered_with_the_right_ones() throws Exception {
        for (var word : new String[] {"\"open\"", "\"\"", "0", "true", "{}"}) {
            var answer = state("{\"state\": " + word + "}");
            assertThat(answer.problem()).as(word).isEqualTo("422 invalid_value state");
            assertThat(answer.detail()).contains("OPEN, PAUSED, CLOSED");
            assertThat(answer.json().path("allowed").size()).isEqualTo(3);
        }
    }

    @Test
    void an_unknown_or_repeated_field_is_named() throws Exception {
        assertThat(state("{\"state\": \"OPEN\", \"staet\": 1}").problem()).isEqualTo("422 unknown_field staet");
        assertThat(state("{\"state\": \"OPEN\", \"state\": \"CLOSED\"}").problem())
                .isEqualTo("422 repeated_field state");
        assertThat(label(label("attention", "{\"a\": [{\"b\": 1, \"b\": 2}]}")).problem())
                .isEqualTo("422 repeated_field attention.a[0].b");
    }

    @Test
    void a_label_of_another_release_is_not_refused_for_a_field_of_its_own() throws Exception {
        assertThat(label(label("mood", "\"good\"")).problem()).isEqualTo("404 unknown_assignment");
    }

    @Test
    void what_is_no_json_is_told_where_in_words_of_its_own() throws Exception {
        for (var json : new String[] {
            "{\"state\": }",
            "{\"state\": \"OPEN\"",
            "{state: 1}",
            "{\"state\": \"a\nb\"}",
            "\"",
            "{} {}",
            "[1] x",
            "{\"state\": 01}",
            "{'state': 1}",
            "nul",
            "[".repeat(5_000),
            "{\"a\":".repeat(100_000),
            "\u00ff\u00fe"
        }) {
            var answer = state(json);
            assertThat(answer.problem())
                    .as(json.substring(0, Math.min(20, json.length())))
                    .isEqualTo("400 malformed_json");
            assertThat(answer.detail())
                    .contains("line ")
                    .contains("column ")
                    .doesNotContain("Source")
                    .doesNotContain("REDACTED")
                    .doesNotContain("StreamReadFeature");
        }
    }

    @Test
    void a_missing_body_and_another_kind_of_body_are_said() throws Exception {
        assertThat(state("").problem()).isEqualTo("422 missing_body body");
        assertThat(state("null").problem()).isEqualTo("422 missing_body body");
        var form = http.send(
                admin,
                put("/api/v1/campaigns/{campaign}/state", campaign)
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("state=OPEN"));
        assertThat(form.problem()).isEqualTo("415 unsupported_media_type");
        assertThat(form.detail()).contains("application/json");
    }

    @Test
    void parameters_of_the_address_are_checked_like_fields() throws Exception {
        assertThat(http.send(admin, get("/api/v1/campaigns/none/settings")).problem())
                .isEqualTo("422 invalid_value campaign");
        assertThat(http.send(admin, get("/api/v1/campaigns/{c}/queue?limit=many", campaign))
                        .problem())
                .isEqualTo("422 invalid_value limit");
        assertThat(http.send(admin, post("/api/v1/score")).problem())
                .isIn("422 missing_field campaign", "404 not_found");
        assertThat(http.send(admin, post("/api/v1/imports").contentType(MediaType.parseMediaType("application/zip")))
                        .problem())
                .isEqualTo("422 missing_field campaign");
        for (var query :
                new String[] {"format=a%00b", "format=%ed%a0%80", "format=%ff", "format=%1b", "%00=1", "format=%zz"}) {
            // as it came: no builder of addresses lets all of these through
            var answer = http.send(
                    admin, get("/api/v1/campaigns/{c}/export", campaign).with(request -> {
                        request.setQueryString(query);
                        return request;
                    }));
            assertThat(answer.status()).as(query).isEqualTo(422);
            assertThat(answer.json().path("code").asString()).as(query).isEqualTo("invalid_text");
        }
        assertThat(http.send(admin, get(URI.create("/api/v1/campaigns/" + campaign + "/export?format=a%00b")))
                        .problem())
                .isEqualTo("422 invalid_text format");
    }

    @Test
    void a_long_name_is_told_by_its_beginning_in_whole_characters() throws Exception {
        var name = "x".repeat(199 - "attention.".length()) + "👩".repeat(20);
        assertThat(label(label("attention", "{\"" + name + "\": \"\\u0000\"}")).problem())
                .isEqualTo("422 invalid_text attention." + name.substring(0, name.indexOf("👩")) + "…");
    }

    private Answer label(byte[] json, String charset) throws Exception {
        return http.send(
                admin,
                post("/api/v1/annotate/labels")
                        .contentType(MediaType.parseMediaType("application/json; charset=" + charset))
                        .content(json));
    }

    @Test
    void what_is_called_ascii_is_checked_as_it_is_read() throws Exception {
        var twoNames = label("attention", "{\"é\": 1, \"è\": 2}").getBytes(StandardCharsets.UTF_8);
        assertThat(label(twoNames, "us-ascii").problem()).isEqualTo("404 unknown_assignment");
        var half = new String(label("comment", "\"?\"").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("\"?\"", "\"\u00ed\u00a0\u0080\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(label(half, "us-ascii").problem())
                .isEqualTo(label(half, "utf-8").problem());
    }

    @Test
    void a_body_that_is_not_in_the_character_set_it_names_is_refused() throws Exception {
        var chinese = label("comment", "\"红色\"");
        assertThat(label(chinese.getBytes("GBK"), "GBK").problem()).isEqualTo("404 unknown_assignment");
        var broken = chinese.replace("红色", "\u0081").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(label(broken, "GBK").problem()).isEqualTo("422 invalid_text body");
    }

    @Test
    void a_parameter_that_is_there_twice_is_refused() throws Exception {
        for (var query : new String[] {"format=jsonl&format=csv", "format=jsonl&form%61t=jsonl", "x&x"}) {
            var answer = http.send(admin, get(URI.create("/api/v1/campaigns/" + campaign + "/export?" + query)));
            assertThat(answer.problem()).isEqualTo("422 repeated_field " + (query.startsWith("x") ? "x" : "format"));
        }
    }
}
