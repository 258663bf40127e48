package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The browser's own store fails while somebody types, in a real browser. */
@NullUnmarked
class StoreTest extends BrowserTest {
    /** Keeps every handle that the page opens, so that a test can close it as the browser does. */
    private static final String HANDLES = """
        globalThis.handles = [];
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...parameters) {
            const request = open.apply(this, parameters);
            request.addEventListener("success", () => handles.push(request.result));
            return request;
        };\
        """;

    /** Every write fails as on a full disk, until it is told otherwise. */
    private static final String FULL = """
        () => {
            const { put, add } = IDBObjectStore.prototype;
            const refuse = () => { throw new DOMException("full", "QuotaExceededError"); };
            Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
            globalThis.makeRoom = () => Object.assign(IDBObjectStore.prototype, { put, add });
        }\
        """;

    @BeforeEach
    void watchTheStore() {
        page.addInitScript(HANDLES);
        page.onDialog(Dialog::accept);
    }

    @Test
    void a_handle_that_was_closed_is_opened_again_and_nothing_is_lost() {
        visit();
        page.evaluate("() => handles.forEach(handle => handle.close())");
        profile.setOffline(true);
        press("4", "3", "2", "1", "Enter", "1", "2");
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        assertThat(parcels()).isEqualTo(1);
        profile.setOffline(false);
        waitForLabels(1);
        page.reload();
        painted();
        assertThat(checked()).hasCount(2);
    }

    @Test
    void a_store_that_was_deleted_under_the_page_is_written_again() {
        visit();
        profile.route("**/api/v1/annotate/labels*", route -> route.abort());
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        page.evaluate("""
            () => new Promise((done, failed) => {
                const request = indexedDB.deleteDatabase("diptych");
                request.onsuccess = done;
                request.onerror = request.onblocked = failed;
            })\
            """);
        press("1");
        page.waitForCondition(() -> parcels() == 1);
        page.reload();
        profile.unroute("**/api/v1/annotate/labels*");
        waitForLabels(1);
        painted();
        assertThat(checked()).hasCount(1);
    }

    @Test
    void on_a_full_disk_an_answer_goes_to_the_server_before_the_next_pair_comes() {
        visit();
        page.evaluate(FULL);
        press("4");
        assertThat(line()).containsText("This browser does not store your answers");
        assertThat(page.locator(".network")).hasText("Not stored here");
        press("3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(server.labels()).hasSize(1);
        page.evaluate("() => makeRoom()");
        press("1");
        assertThat(line()).hasCount(0);
    }

    @Test
    void an_answer_that_can_be_neither_stored_nor_sent_stays_on_the_screen() {
        visit();
        page.evaluate(FULL);
        profile.route("**/api/v1/annotate/labels*", route -> route.abort());
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("This answer is neither stored on this device nor sent");
        clean("neither stored nor sent");
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(checked()).hasCount(4);
        assertThat(page.locator(".need")).not().containsText("Submitted");
        assertThat(page.locator(".progress").first()).containsText("0 today");
        profile.unroute("**/api/v1/annotate/labels*");
        line().locator("button").click();
        waitForLabels(1);
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(page.locator(".need")).containsText("Submitted.");
    }

    @Test
    void an_answer_that_arrived_without_a_word_is_not_counted_twice_and_its_change_is_a_correction() {
        visit();
        page.evaluate(FULL);
        press("4", "3", "2", "1");
        // the label arrives, the acknowledgement does not
        profile.route("**/api/v1/annotate/labels*", route -> {
            route.fetch();
            route.abort();
        });
        press("Enter");
        assertThat(line()).containsText("This answer is neither stored on this device nor sent");
        profile.unroute("**/api/v1/annotate/labels*");
        page.locator(".answer[data-cell='visual_quality:right'][data-value='4']")
                .click();
        press("Enter");
        waitForLabels(2);
        assertThat(server.labels()).hasSize(2);
        assertThat(server.labels().getLast())
                .containsEntry("supersedes", server.labels().getFirst().get("id"));
        assertThat(server.labels().getLast().get("answers").toString()).contains("right=4");
        assertThat(instruction()).hasText("Paint square 1.");
    }

    @Test
    void a_write_that_is_taken_back_after_it_seemed_to_succeed_is_no_write() {
        visit();
        page.evaluate("""
            () => {
                const add = IDBObjectStore.prototype.add;
                IDBObjectStore.prototype.add = function (...parameters) {
                    const request = add.apply(this, parameters);
                    request.addEventListener("success", () => request.transaction.abort());
                    return request;
                };
                const commit = IDBTransaction.prototype.commit;
                IDBTransaction.prototype.commit = function () {};
            }\
            """);
        profile.setOffline(true);
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("This answer is neither stored on this device nor sent");
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(checked()).hasCount(4);
        profile.setOffline(false);
        line().locator("button").click();
        waitForLabels(1);
    }

    @Test
    void without_any_store_every_answer_is_sent_at_once() {
        page.addInitScript("Object.defineProperty(globalThis, 'indexedDB', { value: undefined })");
        visit();
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        waitForLabels(1);
        assertThat(line()).containsText("This browser does not store your answers");
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 2.");
        waitForLabels(2);
    }

    private Locator line() {
        return page.locator(".session-line");
    }

    /** Judgements in the browser's store. */
    private int parcels() {
        return ((Number) page.evaluate("""
            () => new Promise((done, failed) => {
                const request = indexedDB.open("diptych");
                request.onerror = failed;
                request.onsuccess = () => {
                    const names = request.result.objectStoreNames;
                    if (!names.contains("outbox")) {
                        request.result.close();
                        return done(0);
                    }
                    const count = request.result.transaction("outbox").objectStore("outbox").count();
                    count.onsuccess = () => { request.result.close(); done(count.result); };
                };
            })\
            """)).intValue();
    }
}
