package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An administrator lets people in and keeps them out, and reads afterwards what was done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class AccountsInBrowserIT {
    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.shared();
    }

    private static Locator button(Page page, String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private static void confirm(Page page) {
        page.locator("vaadin-confirm-dialog vaadin-button[slot=confirm-button]").click();
    }

    private static List<String> violations(Page page) {
        page.waitForTimeout(500);
        return Accessibility.violations(page);
    }

    @Test
    void an_account_is_made_given_a_new_password_disabled_and_enabled_and_the_log_says_so() throws Exception {
        try (var office = demo.browser().newContext();
                var home = demo.browser().newContext();
                var later = demo.browser().newContext()) {
            var page = demo.signedIn(office, "admin", ServerProcess.ADMIN_PASSWORD);
            page.navigate(demo.url() + "/accounts");
            page.getByLabel("User name").fill("nia");
            page.getByLabel("Full name").fill("Nia Okoro");
            button(page, "Create account").click();
            var first = page.locator("code.secret").innerText().strip();
            assertThat(violations(page)).isEmpty();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();

            var hers = demo.firstSignedIn(home, "nia", first);
            page.getByLabel("Find by name").fill("OKO");
            assertThat(page.locator("table.figures tbody tr")).hasCount(1);
            button(page, "New password: Nia Okoro").click();
            confirm(page);
            var second = page.locator("vaadin-dialog code.secret").innerText().strip();
            button(page, "I have it").click();
            hers.navigate(demo.url() + "/account");
            hers.waitForURL(Pattern.compile(".*/login.*"));

            demo.firstSignedIn(later, "nia", second);
            button(page, "Disable: Nia Okoro").click();
            confirm(page);
            assertThat(page.locator("table.figures .chip.warn")).hasText("Disabled");
            hers.navigate(demo.url() + "/login");
            hers.locator("input[name=username]").fill("nia");
            hers.locator("input[name=password]").fill(DemoInBrowser.own(second));
            hers.keyboard().press("Enter");
            hers.waitForURL(Pattern.compile(".*/login\\?error.*"));
            button(page, "Enable: Nia Okoro").click();
            assertThat(page.locator("table.figures .chip.warn")).hasCount(0);
            demo.signedIn(home, "nia", DemoInBrowser.own(second)).close();

            page.navigate(demo.url() + "/audit?person=nia");
            var actions = page.locator("table.figures tbody td:nth-child(3)");
            assertThat(actions.first()).isVisible();
            assertThat(actions.allInnerTexts())
                    .containsSubsequence(
                            "Signed in",
                            "Account enabled",
                            "Sign-in refused",
                            "Account disabled",
                            "New password given",
                            "Signed in",
                            "Account created");
            assertThat(violations(page)).isEmpty();
            page.getByLabel("Action").fill("Account disabled");
            page.locator("vaadin-combo-box-item")
                    .filter(new Locator.FilterOptions().setHasText("Account disabled"))
                    .click();
            button(page, "Show entries").click();
            page.waitForURL(Pattern.compile(".*action=account.disabled.*"));
            assertThat(page.locator("table.figures tbody tr")).hasCount(1);
            var file = page.waitForDownload(() -> page.locator("a[download]")
                    .filter(new Locator.FilterOptions().setHasText("Download CSV"))
                    .click());
            assertThat(java.nio.file.Files.readString(file.path()))
                    .startsWith("\"id\",\"at\",\"who\",\"action\"")
                    .contains("\"account.disabled\"")
                    .doesNotContain("account.created");
        }
    }

    @Test
    void a_lead_reads_what_was_done_in_the_campaign_and_is_kept_from_the_rest() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + "/campaigns");
            page.locator("a[href$='/audit']").click();
            page.waitForURL(Pattern.compile(".*/campaigns/.*/audit"));
            assertThat(page.getByText("Items imported").first()).isVisible();
            for (var place : List.of("/accounts", "/audit")) {
                page.navigate(demo.url() + place);
                assertThat(page.locator(".panel.empty")).isVisible();
            }
        }
    }
}
