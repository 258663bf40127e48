package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workspace as an annotator meets it, in a real browser. */
@NullUnmarked
class WorkspaceTest extends BrowserTest {
    @Test
    void a_pair_is_rated_with_five_keys() {
        visit();
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        waitForLabels(1);
        assertThat(server.labels().getFirst().get("answers"))
                .isEqualTo(Map.of(
                        "instruction_following", Map.of("left", 4, "right", 3),
                        "visual_quality", Map.of("left", 2, "right", 1)));
        assertThat(server.labels().getFirst())
                .containsKeys("activeMilliseconds", "firstAnswerMilliseconds", "attention");
    }

    @Test
    void a_pair_is_compared_with_three_keys() {
        server.ask(ProtocolDocument.bundled("edit-comparison-v1").tree(), "comparison");
        server.protocols.known();
        visit();
        press("6", "4", "Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst().get("answers"))
                .isEqualTo(Map.of("instruction_following", "right_much", "visual_quality", "both_bad"));
    }

    @Test
    void a_third_dimension_of_the_protocol_appears_by_itself() {
        server.ask(withThirdDimension(), "three");
        server.protocols.known();
        visit();
        assertThat(page.locator("rating-row")).hasCount(3);
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".need")).containsText("Answer harmony A first");
        press("3", "3", "Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst().get("answers").toString()).contains("harmony={left=3, right=3}");
    }

    @Test
    void an_unfinished_answer_survives_a_reload() {
        visit();
        press("4", "3");
        page.locator("#comment").fill("soft edges");
        page.reload();
        painted();
        assertThat(checked()).hasCount(2);
        assertThat(page.locator("#comment")).hasValue("soft edges");
        press("2", "2", "Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst()).containsEntry("comment", "soft edges");
    }

    @Test
    void answers_given_without_a_network_are_sent_once_when_it_is_back() {
        visit();
        ahead();
        profile.setOffline(true);
        press("4", "3", "2", "1", "Enter", "1", "2", "3", "4", "Enter");
        assertThat(page.locator(".network")).hasText("Offline, 2 queued");
        assertThat(server.labels()).isEmpty();
        profile.setOffline(false);
        assertThat(page.locator(".network .saved")).isVisible();
        waitForLabels(2);
        assertThat(server.labels()).extracting(label -> label.get("assignment")).doesNotHaveDuplicates();
        page.waitForTimeout(1500);
        assertThat(server.labels()).hasSize(2);
    }

    @Test
    void a_judgement_costs_one_call_as_the_next_pair_comes_with_its_acknowledgement() {
        visit();
        var calls = new ArrayList<String>();
        page.onRequest(request -> calls.add(request.method() + " " + request.url()));
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        press("4", "3", "2", "1", "Enter");
        waitForLabels(2);
        // longer than the desk waits before it claims by itself
        page.waitForTimeout(500);
        assertThat(calls).filteredOn(call -> call.contains("/labels?next=")).hasSize(2);
        assertThat(calls).noneMatch(call -> call.contains("/claims"));
    }

    @Test
    void a_queue_survives_a_reload_and_leaving_asks_first() {
        visit();
        profile.route("**/api/v1/annotate/labels*", route -> route.abort());
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        var asked = new ArrayList<String>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.accept();
        });
        page.reload();
        assertThat(asked).containsExactly("beforeunload");
        profile.unroute("**/api/v1/annotate/labels*");
        waitForLabels(1);
    }

    @Test
    void the_last_submission_is_corrected_by_a_label_that_replaces_it() {
        visit();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        page.keyboard().press("Control+z");
        assertThat(checked()).hasCount(4);
        press("2", "Enter");
        waitForLabels(2);
        assertThat(server.labels().getLast())
                .containsEntry("supersedes", server.labels().getFirst().get("id"))
                .containsEntry("assignment", server.labels().getFirst().get("assignment"));
    }

    @Test
    void a_skip_has_a_reason_of_the_protocol() {
        visit();
        press("s", "3", "Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst()).containsEntry("skip", Map.of("reason", "picture_broken"));
        assertThat(server.labels().getFirst()).doesNotContainKey("answers");
    }

    @Test
    void a_lease_that_ran_out_keeps_the_draft_and_is_renewed_on_a_click() {
        server.leaseFor(2);
        visit();
        press("4");
        assertThat(page.locator(".vacancy h2")).hasText("This pair went to someone else");
        server.leaseFor(1200);
        page.getByText("Ask for it again").click();
        assertThat(checked()).hasCount(1);
        press("3", "2", "1", "Enter");
        waitForLabels(1);
    }

    @Test
    void a_lost_pair_that_the_lead_took_out_says_so_and_keeps_the_draft() {
        server.leaseFor(2);
        visit();
        press("4");
        assertThat(page.locator(".vacancy h2")).hasText("This pair went to someone else");
        server.work.takenOut = true;
        page.getByText("Ask for it again").click();
        assertThat(page.locator(".vacancy h2")).hasText("The project lead has taken this pair out");
        assertThat(page.locator(".vacancy")).containsText("Your draft is kept");
        page.getByText("Get the next pair").click();
        press("h");
        assertThat(page.locator(".set-aside li")).isVisible();
    }

    @Test
    void a_judgement_whose_lease_ran_out_on_the_way_is_offered_again() {
        visit();
        // the first key extends the lease, the others within a minute do not
        press("4");
        extended();
        server.endLeases();
        press("3", "2", "1", "Enter");
        assertThat(page.locator(".need")).containsText("1 judgement not counted");
        page.getByText("Offer again").click();
        waitForLabels(1);
    }

    @Test
    void one_of_two_tabs_works() {
        visit();
        var second = profile.newPage();
        second.navigate(page.url());
        assertThat(second.locator(".vacancy h2")).hasText("You work in another tab");
        second.getByText("Work here").click();
        assertThat(second.locator("pair-viewer")).isVisible();
        assertThat(page.locator(".vacancy h2")).hasText("You work in another tab");
        second.close();
        assertThat(page.locator("pair-viewer")).isVisible();
    }

    @Test
    void a_key_is_moved_and_the_account_remembers_it() {
        visit();
        page.keyboard().press("?");
        page.getByLabel("Skip with a reason: S").click();
        press("f");
        assertThat(page.locator("dialog .body > p[aria-live]")).containsText("Flag for the lead");
        press("k", "Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator(".foot")).containsText("Skip K");
        press("k");
        assertThat(page.locator("dialog h2")).hasText("Skip this pair");
        page.waitForCondition(() -> server.preferences().containsKey("keys"));
        assertThat(server.preferences()).containsEntry("keys", Map.of("skip", "KeyK"));
    }

    @Test
    void keys_rest_while_text_is_typed() {
        visit();
        press("c");
        page.keyboard().type("1 s f 4");
        assertThat(page.locator("#comment")).hasValue("1 s f 4");
        assertThat(checked()).hasCount(0);
        assertThat(page.locator("dialog")).hasCount(0);
    }

    @Test
    void a_missing_picture_is_said_after_the_tries_and_can_be_got_again() {
        server.losePictures(true);
        page.navigate(server.address() + "/annotate/wave");
        assertThat(page.locator(".vacancy h2"))
                .hasText(
                        "A picture did not load",
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(25_000));
        press("4");
        assertThat(checked()).hasCount(0);
        server.losePictures(false);
        page.locator(".vacancy button").first().click();
        painted();
    }

    @Test
    void an_own_label_is_edited_from_my_work() {
        visit();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        press("h");
        page.locator("my-work").getByText("Edit").click();
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(checked()).hasCount(4);
        page.locator(".answer[data-cell='instruction_following:left'][data-value='1']")
                .click();
        page.locator(".submit").click();
        waitForLabels(2);
        assertThat(server.labels().getLast())
                .containsEntry("supersedes", server.labels().getFirst().get("id"));
    }

    @Test
    void zoom_is_shared_and_measured() {
        visit();
        page.locator("pair-viewer").locator(".pane").first().hover();
        page.mouse().wheel(0, -800);
        assertThat(page.locator(".zoom output")).not().hasText("100%");
        press("z");
        assertThat(page.locator(".zoom output")).hasText("100%");
        press("r", "4", "3", "2", "1", "Enter");
        waitForLabels(1);
        var attention = (Map<?, ?>) server.labels().getFirst().get("attention");
        assertThat(((Number) attention.get("largestZoom")).doubleValue()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"1280,720", "1440,900", "1920,1080", "2560,1440"})
    void nothing_scrolls(int width, int height) {
        page.setViewportSize(width, height);
        server.ask(withThirdDimension(), "three");
        server.protocols.known();
        visit();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"
                        + " && document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat(((Number) page.locator(".stage").evaluate("stage => stage.clientHeight")).intValue())
                .isGreaterThanOrEqualTo(180);
        assertThat((Boolean) page.locator(".dock").evaluate("dock => dock.scrollHeight <= dock.clientHeight"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void everybody_can_use_it(ColorScheme scheme, String language) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(server.address() + "/annotate/wave?" + language);
        painted();
        clean("pair");
        press("w");
        clean("swipe");
        press("r", "g");
        assertThat(page.locator(".drawer .prose")).isVisible();
        clean("difference and guidelines");
        press("Escape", "?");
        assertThat(page.locator("dialog")).isVisible();
        clean("keys");
        press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        press("s");
        assertThat(page.locator("dialog")).isVisible();
        clean("skip");
        press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        press("h");
        assertThat(page.locator(".pace")).isVisible();
        clean("my work");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> withThirdDimension() {
        var document = new LinkedHashMap<>(
                ProtocolDocument.bundled("edit-preference-v1").tree());
        var dimensions = new ArrayList<>((List<Map<String, Object>>) document.get("dimensions"));
        var third = new LinkedHashMap<>(dimensions.getLast());
        third.put("id", "harmony");
        third.put("title", Map.of("en", "Harmony", "zh", "和谐"));
        third.put("short", Map.of("en", "Harmony", "zh", "和谐"));
        dimensions.add(third);
        document.put("dimensions", dimensions);
        return document;
    }
}
