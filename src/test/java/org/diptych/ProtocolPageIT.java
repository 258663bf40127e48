package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
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
        demo = DemoInBrowser.start(folder.resolve("data"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.close();
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

    private void openProtocol(Page page) {
        page.navigate(demo.url() + "/campaigns");
        var campaign = page.locator("a[href*='campaigns/']:not([href$=new])").first();
        campaign.waitFor();
        page.navigate(demo.url()
                + campaign.getAttribute("href").replaceAll("^/?(campaigns/[0-9a-f-]{36}).*", "/$1/protocol"));
    }
}
