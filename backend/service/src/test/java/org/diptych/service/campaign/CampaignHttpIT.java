package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.TestImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns, imports and pictures as a client sees them, through the security filters. */
@ServiceTest
class CampaignHttpIT {
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    @Autowired
    private AccountService accounts;

    @Autowired
    private ApiTokenService tokens;

    private MockMvc http;
    private SignedIn lead;
    private String name;

    @BeforeEach
    void setUp(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        lead = account(Role.LEAD);
        name = "campaign " + UUID.randomUUID();
    }

    private SignedIn account(Role role) {
        return accounts.createAccount("u" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private MockHttpServletResponse send(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
        var token = tokens.create(who, "test").token();
        return http.perform(request.header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse importAs(SignedIn who, byte[] archive, String... parameters) throws Exception {
        var request =
                post("/api/v1/imports").param("campaign", name).contentType(ZIP).content(archive);
        for (var index = 0; index < parameters.length; index += 2) {
            request.param(parameters[index], parameters[index + 1]);
        }
        return send(who, request);
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        return JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8));
    }

    private static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    @Test
    void an_archive_is_imported_and_the_campaign_shows_it() throws Exception {
        var archive = new TestManifest().item("a", 3).zip("folder/");

        var report = importAs(lead, archive, "labelsPerPair", "2");

        assertThat(report.getStatus()).isEqualTo(200);
        var id = json(report).get("campaign").asString();
        assertThat(json(report).toString())
                .isEqualTo("{\"campaign\":\"" + id + "\",\"name\":\"" + name
                        + "\",\"dryRun\":false,\"items\":1,\"candidates\":3,\"pairs\":3,\"unchanged\":0,"
                        + "\"rejected\":0,\"problems\":[],\"warned\":0,\"warnings\":[]}");
        var overview = json(send(lead, get("/api/v1/campaigns/" + id)));
        assertThat(overview.at("/protocol/reference").asString()).isEqualTo("edit-preference-v1");
        assertThat(overview.at("/slots").toString()).isEqualTo("{\"open\":6,\"leased\":0,\"filled\":0}");
        assertThat(overview.get("activeModel").isNull()).isTrue();
        assertThat(json(send(lead, get("/api/v1/campaigns")))).hasSize(1);
        assertThat(json(send(account(Role.LEAD), get("/api/v1/campaigns")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/zip",
                "application/x-zip-compressed",
                "application/octet-stream",
                "application/json",
                "text/plain"
            })
    void what_a_client_calls_an_archive_does_not_matter(String mediaType) throws Exception {
        var archive = new TestManifest().item("a", 2).zip("");
        var request = post("/api/v1/imports").param("campaign", name).content(archive);
        assertThat(send(lead, request.contentType(MediaType.parseMediaType(mediaType)))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void what_is_odd_is_reported_with_a_code() throws Exception {
        var manifest = new TestManifest().item("a", 2);
        manifest.line(
                "{\"id\": \"b\", \"instruction\": \"i\", \"source\": \"images/a-source.jpg\", \"candidates\":"
                        + " [{\"model\": \"m\", \"image\": \"images/a-0.png\"}, {\"model\": \"m\", \"image\": \"images/a-1.png\"}]}");
        var report = json(importAs(lead, manifest.zip("")));
        assertThat(report.get("warned").asInt()).isOne();
        assertThat(report.at("/warnings/0/code").asString()).isEqualTo("SAME_MODEL");
        assertThat(report.at("/warnings/0/line").asInt()).isEqualTo(2);
        assertThat(report.at("/warnings/0/message").asString()).contains("same model as candidates[0].model");
        assertThat(importAs(lead, manifest.zip(""), "strict", "true").getStatus())
                .isEqualTo(422);
    }

    @Test
    void problems_of_rows_are_reported_and_a_hopeless_import_is_unprocessable() throws Exception {
        var manifest = new TestManifest().item("a", 2).itemNaming("b", "images/nowhere.png");

        var strict = importAs(lead, manifest.zip(""), "strict", "true");
        assertThat(strict.getStatus()).isEqualTo(422);
        assertThat(json(strict).at("/problems/0").toString())
                .isEqualTo("{\"line\":2,\"field\":\"candidates[1].image\","
                        + "\"message\":\"there is no file images/nowhere.png in the archive\"}");
        assertThat(importAs(lead, manifest.zip(""), "dryRun", "true").getStatus())
                .isEqualTo(200);
        assertThat(json(importAs(lead, manifest.zip(""))).get("rejected").asInt())
                .isOne();
        assertThat(importAs(lead, new TestManifest().line("?").zip("")).getStatus())
                .isEqualTo(422);
    }

    @Test
    void bad_requests_are_problem_documents() throws Exception {
        var archive = new TestManifest().item("a", 2).zip("");

        var broken = importAs(lead, Arrays.copyOf(archive, archive.length / 2));
        assertThat(broken.getStatus()).isEqualTo(422);
        assertThat(broken.getContentType()).startsWith("application/problem+json");
        assertThat(json(broken).get("code").asString()).isEqualTo("invalid_archive");
        var unknown = importAs(lead, archive, "protocol", "nothing-v1");
        assertThat(unknown.getStatus()).isEqualTo(422);
        assertThat(json(unknown).get("code").asString()).isEqualTo("unknown_protocol");
        assertThat(importAs(account(Role.ANNOTATOR), archive).getStatus()).isEqualTo(403);
        var withoutToken = http.perform(post("/api/v1/imports")
                        .param("campaign", name)
                        .contentType(ZIP)
                        .content(archive))
                .andReturn()
                .getResponse();
        // a request without a token may come from another site: it is refused before anybody asks who sent it
        assertThat(withoutToken.getStatus()).isIn(401, 403);
        assertThat(send(lead, get("/api/v1/campaigns/" + UUID.randomUUID())).getStatus())
                .isEqualTo(404);
    }

    @Test
    void pictures_of_worked_examples_are_shown_to_everybody_who_is_signed_in() throws Exception {
        var manifest = new TestManifest();
        manifest.item("a", 2);
        var campaign = json(importAs(lead, manifest.zip(""))).get("campaign").asString();
        var workspace = json(send(lead, get("/api/v1/annotate/campaigns/" + campaign)));
        var protocol = workspace.get("protocol");
        var pictures = protocol.get("examplePictures");
        assertThat(pictures).hasSize(4);
        assertThat(json(send(
                                lead,
                                get("/api/v1/annotate/campaigns/" + campaign + "/protocols/"
                                        + protocol.get("sha256").asString())))
                        .get("examplePictures"))
                .isEqualTo(pictures);
        var stranger = account(Role.ANNOTATOR);
        for (var example : pictures) {
            assertThat(example.get("edits")).hasSize(1);
            for (var picture :
                    List.of(example.get("source"), example.get("edits").get(0))) {
                for (var variant : List.of("original", "display", "thumbnail")) {
                    var answer = send(stranger, get(picture.get(variant).asString()));
                    assertThat(answer.getStatus()).isEqualTo(200);
                    assertThat(size(answer))
                            .isEqualTo(picture.get("width").asInt() + " x "
                                    + picture.get("height").asInt());
                }
            }
        }
        var address = pictures.get(0).get("source").get("original").asString();
        assertThat(http.perform(get(address)).andReturn().getResponse().getStatus())
                .isEqualTo(401);
    }

    @Test
    void pictures_are_shown_to_members_only() throws Exception {
        var manifest = new TestManifest();
        var picture = TestImages.jpeg(3000, 1500, UUID.randomUUID().hashCode() & 0xffff);
        manifest.itemWith("a", "images/large.jpg", TestImages.withExif(picture, 1));
        var campaign = json(importAs(lead, manifest.zip(""))).get("campaign").asString();
        var candidates = send(lead, get("/api/v1/campaigns/" + campaign + "/candidates"));
        assertThat(candidates.getStatus()).isEqualTo(200);
        var address = "/images/" + Sha256.hexadecimal(picture) + "/";

        var original = send(lead, get(address + "original"));
        assertThat(original.getStatus()).isEqualTo(200);
        assertThat(original.getContentAsByteArray()).isEqualTo(picture);
        assertThat(original.getContentType()).isEqualTo("image/jpeg");
        assertThat(original.getHeader("Cache-Control")).isEqualTo("max-age=31536000, private, immutable");
        var again = send(
                lead, get(address + "original").header("If-None-Match", String.valueOf(original.getHeader("ETag"))));
        assertThat(again.getStatus()).isEqualTo(304);
        assertThat(size(send(lead, get(address + "display")))).isEqualTo("2048 x 1024");
        assertThat(send(lead, get(address + "display?made=0")).getHeader("Cache-Control"))
                .as("an address that says by which version")
                .isEqualTo("max-age=31536000, private, immutable");
        assertThat(List.of("display", "display?made=1", "thumbnail"))
                .as("an address whose picture may be made anew")
                .allSatisfy(other -> assertThat(send(lead, get(address + other)).getHeader("Cache-Control"))
                        .isEqualTo("no-cache, private"));
        assertThat(size(send(lead, get(address + "thumbnail")))).isEqualTo("256 x 128");

        var annotator = account(Role.ANNOTATOR);
        assertThat(send(annotator, get(address + "display")).getStatus()).isEqualTo(404);
        var membership = json(
                put("/api/v1/campaigns/" + campaign + "/members/" + annotator.name()), "{\"role\": \"ANNOTATOR\"}");
        assertThat(send(lead, membership).getStatus()).isEqualTo(204);
        assertThat(send(annotator, get(address + "display")).getStatus()).isEqualTo(200);
        assertThat(send(lead, delete("/api/v1/campaigns/" + campaign + "/members/" + annotator.name()))
                        .getStatus())
                .isEqualTo(204);
        assertThat(send(annotator, get(address + "display")).getStatus()).isEqualTo(404);
        assertThat(send(account(Role.LEAD), get(address + "display")).getStatus())
                .isEqualTo(404);
        assertThat(send(account(Role.ADMIN), get(address + "display")).getStatus())
                .isEqualTo(200);
        assertThat(http.perform(get(address + "display"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
        assertThat(send(lead, get("/images/" + "0".repeat(64) + "/original")).getStatus())
                .isEqualTo(404);
        assertThat(send(lead, get(address + "../../secret")).getStatus()).isIn(400, 404);
    }

    private static String size(MockHttpServletResponse response) throws Exception {
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(response.getContentAsByteArray()));
        return image.getWidth() + " x " + image.getHeight();
    }

    @Test
    void settings_state_and_members_are_the_leads_affair() throws Exception {
        var created = send(
                lead,
                json(post("/api/v1/campaigns"), "{\"name\": \"" + name + "\", \"protocol\": \"edit-preference-v1\"}"));
        assertThat(created.getStatus()).isEqualTo(201);
        var campaign = "/api/v1/campaigns/" + json(created).get("id").asString();
        assertThat(send(
                                lead,
                                json(
                                        post("/api/v1/campaigns"),
                                        "{\"name\": \"" + name + "\", \"protocol\": \"edit-preference-v1\"}"))
                        .getStatus())
                .isEqualTo(409);

        var settings = send(lead, get(campaign + "/settings")).getContentAsString();
        assertThat(send(lead, json(put(campaign + "/settings"), settings.replace("\"prefetch\":5", "\"prefetch\":9")))
                        .getStatus())
                .isEqualTo(200);
        assertThat(json(send(lead, get(campaign + "/settings"))).get("prefetch").asInt())
                .isEqualTo(9);
        assertThat(send(lead, json(put(campaign + "/settings"), settings.replace("\"prefetch\":5", "\"prefetch\":0")))
                        .getStatus())
                .isEqualTo(422);
        var paused = send(lead, json(put(campaign + "/state"), "{\"state\": \"PAUSED\"}"));
        assertThat(json(paused).get("state").asString()).isEqualTo("PAUSED");

        var member = account(Role.ANNOTATOR);
        var membership = "{\"role\": \"ANNOTATOR\"}";
        assertThat(send(member, json(put(campaign + "/members/" + member.name()), membership))
                        .getStatus())
                .isEqualTo(404);
        assertThat(send(lead, json(put(campaign + "/members/nobody"), membership))
                        .getStatus())
                .isEqualTo(404);
        assertThat(send(lead, json(put(campaign + "/members/" + lead.name()), membership))
                        .getStatus())
                .isEqualTo(409);
        assertThat(send(lead, delete(campaign + "/members/" + lead.name())).getStatus())
                .isEqualTo(409);
        send(lead, json(put(campaign + "/members/" + member.name()), membership));
        assertThat(json(send(lead, get(campaign + "/members"))).findValuesAsString("name"))
                .containsExactly(lead.name(), member.name());
        assertThat(send(member, get(campaign + "/members")).getStatus()).isEqualTo(403);
        assertThat(send(member, get(campaign)).getStatus()).isEqualTo(403);
    }

    @Test
    void keys_that_are_no_text_are_reported_beside_the_rows_that_were_taken() throws Exception {
        var row = "{\"id\": \"%s\", \"instruction\": \"i\", \"source\": \"images/a-source.jpg\", \"candidates\":"
                + " [{\"model\": \"m\", \"image\": \"images/a-0.png\"}, {\"model\": \"n\", \"image\": \"images/a-1.png\"}],"
                + " %s}";
        var manifest = new TestManifest().item("a", 2);
        for (var more : List.of(
                "\"\\ud800\": 1",
                "\"x\\u0000\": 1, \"x\\u0000\": 2",
                "\"known\": {\"use\": \"GOLD\", \"\\udfff\": 1}",
                "\"known\": {\"use\": \"GOLD\", \"pairs\": [{\"first\": 0, \"second\": 1, \"answers\": {\"\\ud800\": 1}}]}")) {
            manifest.line(row.formatted("b", more));
        }
        var report = importAs(lead, manifest.zip(""));
        assertThat(report.getStatus()).isEqualTo(200);
        assertThat(json(report).get("items").asInt()).isOne();
        assertThat(json(report).get("rejected").asInt()).isEqualTo(4);
        assertThat(json(report).get("problems").toString()).contains("U+D800", "U+0000", "U+DFFF");
    }

    @Test
    void parameters_of_an_import_are_named_as_they_were_sent() throws Exception {
        var archive = new TestManifest().item("a", 2).zip("");
        for (var labels : List.of("0", "21")) {
            assertField("labelsPerPair", importAs(lead, archive, "labelsPerPair", labels));
        }
        assertThat(importAs(lead, archive, "labelsPerPair", "20").getStatus()).isEqualTo(200);
        assertField("labelsPerPair", importAs(lead, archive, "labelsPerPair", "0"));
        for (var wrong : List.of(" ", "x".repeat(121), "a\nb")) {
            name = wrong;
            assertField("campaign", importAs(lead, archive));
        }
    }

    private static void assertField(String field, MockHttpServletResponse response) throws Exception {
        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(json(response).get("field").asString()).isEqualTo(field);
        assertThat(json(response).get("detail").asString()).contains(field);
    }
}
