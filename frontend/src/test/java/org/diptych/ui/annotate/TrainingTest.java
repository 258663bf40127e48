package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way into the queue and feedback on gold, as an annotator meets them in a real browser. */
@NullUnmarked
class TrainingTest extends BrowserTest {
    static final List<List<String>> RATED = List.of(
            List.of("cat.png", "cat-black-one-eye-blue.png"),
            List.of("street.png", "street-smeared.png"),
            List.of("lagoon.jpg", "lagoon.jpg"),
            List.of("aeroplane.jpg", "aeroplane-balloon.jpg"));
    private static final List<List<String>> COMPARED = List.of(
            List.of("cat.png", "cat-black.png", "cat-black-one-eye-blue.png"),
            List.of("street.png", "street-smeared.png", "street.png"));

    @Test
    void a_newcomer_gets_into_the_queue_by_keyboard_alone() {
        server.training.newcomer(4, 3);
        visit("en");
        assertThat(title()).hasText("Read the guideline");
        assertThat(page.locator(".training")).not().containsText("One of the two eyes was missed");
        press("Enter");
        for (int example = 1; example <= 4; example++) {
            assertThat(title()).hasText("Example " + example + " of 4");
            press("3", "4", "Enter");
            assertThat(page.locator(".verdict")).containsText("Why:");
            press("Enter");
        }
        assertThat(title()).hasText("Qualification");
        assertThat(page.locator(".facts")).containsText("70 % must be right");
        assertThat(server.training.confirmed()).isTrue();
        press("Enter");
        for (int question = 0; question < 3; question++) {
            assertThat(instruction()).hasText("Question " + question + ".");
            assertThat(page.locator(".progress")).containsText((question + 1) + " of 3");
            press("4", "2", "4", "2", "Enter");
        }
        assertThat(title()).hasText("You are ready");
        assertThat(page.locator(".score")).hasText("100 % right; 70 % are needed.");
        press("Enter");
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(server.labels()).isEmpty();
        press("4", "3", "2", "1", "Enter");
        page.waitForCondition(() -> server.labels().size() == 1);
    }

    @Test
    void the_known_answer_and_the_reason_come_after_ones_own() {
        server.training.newcomer(4, 0);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Example 1 of 4");
        var reason = page.getByText("One of the two eyes was missed");
        assertThat(reason).hasCount(0);
        press("Enter");
        assertThat(page.locator(".training .submit")).hasAttribute("aria-disabled", "true");
        press("g");
        assertThat(page.locator(".drawer")).isVisible();
        assertThat(reason).hasCount(0);
        press("g", "2", "4", "Enter");
        assertThat(reason).isVisible();
        assertThat(page.locator(".compared").first()).hasText("The guideline says: 3 Rel. good.");
        assertThat(page.locator(".compared").last()).hasText("As the guideline says.");
        press("1");
        assertThat(page.locator(".training [aria-checked=true]")).hasCount(2);
        assertThat(server.training.exampleAnswers())
                .containsExactly(Map.of("answers", Map.of("instruction_following", 2, "visual_quality", 4)));
    }

    @Test
    void an_example_is_looked_at_in_the_viewer_of_the_queue_before_it_is_told_in_words() {
        server.illustrate(RATED);
        server.training.newcomer(4, 0);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Example 1 of 4");
        pairPainted();
        assertThat(page.locator("pair-viewer .pane")).hasCount(2);
        assertThat(page.locator(".training")).not().containsText("one eye is green");
        var fitted = zoom();
        press("z");
        assertThat(page.locator(".zoom [aria-pressed=true]")).containsText("1:1");
        press("x");
        assertThat(page.locator(".zoom output")).hasText(fitted);
        press("w");
        assertThat(page.locator("pair-viewer .pane")).hasCount(1);
        assertThat(page.locator("pair-viewer .handle")).isVisible();
        press("r");
        assertThat(page.locator("pair-viewer .note").last()).containsText("%");
        press("q", "3", "4", "Enter");
        assertThat(page.locator(".verdict")).containsText("one eye is green and one is blue");
        assertThat(page.locator(".verdict")).containsText("One of the two eyes was missed");
        press("Enter");
        assertThat(title()).hasText("Example 2 of 4");
        pairPainted();
        press("1", "1", "Enter");
        assertThat(page.locator(".verdict")).not().isEmpty();
        press("Enter");
        assertThat(title()).hasText("Example 3 of 4");
        pairPainted();
    }

    @Test
    void an_example_of_a_comparison_shows_both_edits() {
        server.ask(ProtocolDocument.bundled("edit-comparison-v1").tree(), "first");
        server.illustrate(COMPARED);
        server.training.newcomer(2, 0);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Example 1 of 2");
        pairPainted();
        assertThat(page.locator("pair-viewer .pane")).hasCount(3);
        press("2", "3", "Enter");
        assertThat(page.locator(".verdict")).containsText("A: black cat, both eyes green.");
    }

    @Test
    void an_example_whose_pictures_do_not_come_can_be_tried_again() {
        server.illustrate(RATED);
        server.training.newcomer(4, 0);
        server.losePictures(true);
        visit("en");
        press("Enter");
        page.locator(".pictured .vacancy .button").waitFor(new Locator.WaitForOptions().setTimeout(30_000));
        server.losePictures(false);
        page.locator(".pictured .vacancy .button").click();
        pairPainted();
    }

    @Test
    void the_guideline_shows_the_examples_pictures_too() {
        server.illustrate(RATED);
        visit("en");
        press("g");
        assertThat(page.locator(".drawer .strip")).hasCount(4);
        assertThat(page.locator(".drawer .strip").first().locator("img")).hasCount(2);
        page.waitForCondition(() -> (boolean) page.locator(".drawer .strip img")
                .evaluateAll("pictures => pictures.every(each => each.complete && each.naturalWidth > 0)"));
        clean("guideline with pictures");
    }

    @Test
    void examples_of_a_comparison_are_compared_and_a_campaign_without_a_set_ends_there() {
        server.ask(ProtocolDocument.bundled("edit-comparison-v1").tree(), "first");
        server.training.newcomer(2, 0);
        visit("en");
        assertThat(page.locator(".steps li")).hasCount(2);
        press("Enter");
        assertThat(title()).hasText("Example 1 of 2");
        press("2", "3", "Enter");
        assertThat(page.locator(".compared")).hasCount(2);
        assertThat(page.locator(".compared").first()).hasText("As the guideline says.");
        press("Enter");
        assertThat(title()).hasText("Example 2 of 2");
        press("1", "5", "Enter");
        page.waitForCondition(() -> server.training.exampleAnswers().size() == 2);
        assertThat(server.training.exampleAnswers())
                .containsExactly(
                        Map.of("answers", Map.of("instruction_following", "first", "visual_quality", "tie")),
                        Map.of("answers", Map.of("instruction_following", "first_much", "visual_quality", "second")));
        assertThat(page.locator(".verdict")).containsText("Why:");
        press("Enter");
        assertThat(instruction()).hasText("Paint square 0.");
    }

    @Test
    void after_the_last_try_the_page_stays_calm_and_another_try_opens_it() {
        server.training.newcomer(0, 2);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Qualification");
        press("Enter");
        wrong(0);
        wrong(1);
        assertThat(title()).hasText("Not yet");
        assertThat(page.locator(".training")).not().containsText("Question");
        press("Enter");
        assertThat(title()).hasText("That was the last try");
        server.training.grantTry();
        press("Enter");
        assertThat(title()).hasText("Qualification");
        press("Enter");
        right(0);
        right(1);
        assertThat(title()).hasText("You are ready");
    }

    @Test
    void after_a_failure_the_next_try_is_one_key_away_and_the_guideline_another() {
        server.training.newcomer(0, 1);
        server.training.grantTry();
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Qualification");
        assertThat(action()).containsText("Start");
        press("Enter");
        wrong(0);
        assertThat(title()).hasText("Not yet");
        assertThat(action()).containsText("Try again (1 left)");
        page.locator(".training .book").click();
        assertThat(page.locator(".drawer")).containsText("One of the two eyes was missed");
        page.reload();
        assertThat(title()).hasText("Qualification");
        assertThat(action()).containsText("Try again (1 left)");
        page.locator(".training .book").click();
        assertThat(page.locator(".drawer")).isVisible();
        press("g", "Enter");
        right(0);
        assertThat(title()).hasText("You are ready");
    }

    @Test
    void the_set_knows_no_skipping_no_undo_and_nothing_incomplete() {
        server.training.newcomer(0, 2);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Qualification");
        press("Enter");
        assertThat(instruction()).hasText("Question 0.");
        assertThat(page.locator(".foot .button")).hasCount(1);
        press("s", "f", "4", "Enter");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator(".need")).containsText("first");
        press("2", "4", "2", "Enter");
        assertThat(instruction()).hasText("Question 1.");
        press("Control+z");
        assertThat(instruction()).hasText("Question 1.");
    }

    @Test
    void a_reload_and_a_dead_network_lose_nothing_of_the_set() {
        server.training.newcomer(0, 2);
        visit("en");
        press("Enter");
        assertThat(title()).hasText("Qualification");
        press("Enter");
        right(0);
        assertThat(instruction()).hasText("Question 1.");
        press("4", "2");
        page.reload();
        assertThat(title()).hasText("Qualification");
        assertThat(page.locator(".training")).containsText("You have answered 1 of 2.");
        assertThat(action()).containsText("Go on with question 2 of 2");
        press("Enter");
        assertThat(instruction()).hasText("Question 1.");
        assertThat(page.locator(".answer[aria-checked=true]")).hasCount(2);
        profile.setOffline(true);
        press("4", "2", "Enter");
        assertThat(page.locator(".need")).containsText("Nothing is lost");
        profile.setOffline(false);
        press("Enter");
        assertThat(title()).hasText("You are ready");
    }

    @Test
    void feedback_on_gold_stands_beside_the_work_and_undo_still_works() {
        server.training.tell(told());
        visit("en");
        assertThat(instruction()).hasText("Paint square 0.");
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(page.locator(".told")).containsText("The second one missed a part.");
        assertThat(page.locator(".told dd").first()).containsText("close to yours");
        press("Control+z");
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(page.locator(".answer[aria-checked=true]")).hasCount(4);
        press("Enter");
        page.waitForCondition(() -> server.labels().size() == 2);
        assertThat(server.labels().getLast())
                .containsEntry("supersedes", server.labels().getFirst().get("id"));
        assertThat(page.locator(".told")).isVisible();
        press("Escape");
        assertThat(page.locator(".told")).hasCount(0);
        press("4");
        assertThat(page.locator(".answer[aria-checked=true]")).hasCount(1);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void everybody_can_use_it(ColorScheme scheme, String language) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        server.training.newcomer(1, 1);
        server.training.tell(told());
        server.illustrate(RATED);
        visit(language);
        clean("guideline");
        press("Enter");
        assertThat(page.locator(".training .options")).hasCount(2);
        press("2");
        clean("example");
        press("4", "Enter");
        assertThat(page.locator(".compared")).hasCount(2);
        clean("example, checked");
        press("Enter");
        assertThat(page.locator(".facts li")).hasCount(4);
        clean("introduction");
        press("Enter");
        assertThat(instruction()).hasText("Question 0.");
        clean("question");
        press("2", "4", "2", "4", "Enter");
        assertThat(page.locator(".score")).isVisible();
        clean("missed");
        press("Enter");
        assertThat(page.locator(".score")).hasCount(0);
        clean("failed");
        server.training.grantTry();
        press("Enter");
        assertThat(page.locator(".facts li")).hasCount(4);
        press("Enter");
        right(0);
        assertThat(page.locator(".score")).isVisible();
        clean("passed");
        press("Enter");
        assertThat(instruction()).hasText("Paint square 0.");
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".told")).isVisible();
        clean("feedback on gold");
    }

    private void pairPainted() {
        page.waitForFunction("() => document.querySelector('annotation-workspace').shadowRoot"
                + ".querySelector('pair-viewer')?.painted");
    }

    private String zoom() {
        return page.locator(".zoom output").innerText();
    }

    private static Map<String, Object> told() {
        return Map.of(
                "answers",
                Map.of(
                        "instruction_following", Map.of("left", 4, "right", 2),
                        "visual_quality", Map.of("left", 3, "right", 3)),
                "scores",
                Map.of("instruction_following", 0.5, "visual_quality", 0.0),
                "reason",
                Map.of("en", "The second one missed a part.", "zh", "第二个漏了一部分。"));
    }

    private void right(int question) {
        assertThat(instruction()).hasText("Question " + question + ".");
        press("4", "2", "4", "2", "Enter");
    }

    private void wrong(int question) {
        assertThat(instruction()).hasText("Question " + question + ".");
        press("1", "4", "1", "4", "Enter");
    }

    /** A newcomer meets a page of the training first. */
    @Override
    void painted() {
        page.waitForFunction("""
                () => document.querySelector('annotation-workspace')?.shadowRoot?.querySelector('.training, .instruction')""");
    }

    private Locator action() {
        return page.locator(".training .submit");
    }

    private Locator title() {
        return page.locator(".training h1");
    }
}
