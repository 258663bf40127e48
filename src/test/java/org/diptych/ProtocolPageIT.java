package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A lead takes the document in use as the start of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class ProtocolPageIT {
    @TempDir
    private static Path folder;

    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.shared();
    }

    @Test
    void a_lead_starts_from_the_document_in_use_and_takes_it_home_byte_for_byte() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            openProtocol(page);
            var text = ProtocolDocument.bundled("edit-preference-v1").text();
            assertThat(page.locator("vaadin-text-area textarea")).hasValue(text);

            var download = page.waitForDownload(
                    () -> page.getByLabel("Download edit-preference-v1").click());
            assertThat(download.suggestedFilename()).isEqualTo("edit-preference-v1.yaml");
            assertThat(Files.readString(download.path())).isEqualTo(text);

            page.locator("vaadin-text-area textarea").fill(text.replaceFirst("(?m)^version: .*$", "version: none"));
            page.getByText("Publish", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.locator("vaadin-text-area[invalid]")).isVisible();
            assertThat(page.locator("vaadin-text-area textarea")).hasValue(Pattern.compile("version: none"));
        }
    }

    @Test
    void before_a_campaign_moves_its_lead_reads_what_changed_and_may_stay() throws Exception {
        var first = ProtocolDocument.bundled("edit-preference-v1").text().replace("id: edit-preference", "id: ours");
        var second = first.replace("version: 1", "version: 2")
                .replace("Hard is not a reason to skip.", "Never skip because it is hard.");
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "admin", ServerProcess.ADMIN_PASSWORD);
            openProtocol(page);
            publish(page, first);
            publish(page, second);
            var campaign = demo.asAdministrator(
                            folder,
                            "import",
                            "--campaign",
                            "Ours",
                            "--protocol",
                            "ours-v1",
                            "main/resources/demo/model-edits/manifest.jsonl")
                    .toString()
                    .replaceAll(".*?([0-9a-f]{8}-[0-9a-f-]{27}).*", "$1");
            page.navigate(demo.url() + "/campaigns/" + campaign + "/protocol");
            var move = page.locator("vaadin-button[aria-label='Move to ours-v2']");
            move.click();
            var dialog = page.locator("vaadin-dialog[opened]");
            assertThat(dialog.locator("ins").first()).isVisible();
            assertThat(dialog.locator("del").first()).isVisible();
            assertThat(dialog.getByText("are answered under ours-v1")).isVisible();
            dialog.getByText("Stay", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(dialog).hasCount(0);
            assertThat(move).isVisible();

            move.click();
            dialog.locator("vaadin-button[theme~=primary]").click();
            assertThat(page.locator("vaadin-button[aria-label='Move to ours-v1']"))
                    .isVisible();
        }
    }

    private static void publish(Page page, String text) {
        page.locator("vaadin-text-area textarea").fill(text);
        page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".note.ok")).containsText(text.contains("version: 2") ? "ours-v2" : "ours-v1");
    }

    private void openProtocol(Page page) {
        page.navigate(demo.url() + "/campaigns");
        var campaign = page.locator("a[href*='campaigns/']:not([href$=new])").first();
        campaign.waitFor();
        page.navigate(demo.url()
                + campaign.getAttribute("href").replaceAll("^/?(campaigns/[0-9a-f-]{36}).*", "/$1/protocol"));
    }
}
