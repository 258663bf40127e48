package org.diptych.ui.campaign;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.streams.UploadEvent;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new campaign, or more pairs for one: upload an archive, read the check report, import. */
@Route(value = "campaigns/new", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ImportView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final Logger LOG = LoggerFactory.getLogger(ImportView.class);

    private final CampaignImport imports;
    private final CurrentAccount account;
    private final ImportForm form;
    private final Upload upload = new Upload(this::receive);
    private final Div result = box("stack");
    private final ReceivedArchive archive = new ReceivedArchive();

    ImportView(CampaignImport imports, ProtocolService protocols, CurrentAccount account) {
        this.imports = imports;
        this.account = account;
        this.form = new ImportForm(protocols);
        upload.setMaxFiles(1);
        upload.setAcceptedFileExtensions(".zip");
        upload.setI18n(words());
        upload.addFileRemovedListener(removed -> {
            result.removeAll();
            archive.close();
        });
        var campaign = new Panel(getTranslation("import.campaign")).body(form);
        var file = new Panel(getTranslation("import.file"))
                .says(getTranslation("import.file.help"))
                .body(upload);
        add(new PageHead(getTranslation("campaigns.new"), close()).says(getTranslation("import.sub")));
        add(box("wizard", box("stack", campaign, file, result), help()));
        addDetachListener(detached -> archive.close());
        // what the background work says reaches the page with the next poll
        LiveRefresh.every(Duration.ofSeconds(1), this, () -> {});
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getLocation().getQueryParameters().getSingleParameter("campaign").ifPresent(form::name);
    }

    /** Runs in the request of the upload, outside the session's lock: a slow upload or check stops nothing else. */
    private void receive(UploadEvent event) throws IOException {
        var ui = event.getUI();
        archive.close();
        Path file;
        try (var stream = event.getInputStream()) {
            file = imports.receive(account.person(), stream);
        } catch (Problem problem) {
            tell(ui, () -> fail(problem.detail()));
            return;
        }
        archive.hold(file);
        tell(ui, this::check);
    }

    private void check() {
        if (!form.complete()) {
            result.removeAll();
            result.add(note(Icon.INFO, getTranslation("import.namefirst"), "warn"), again("import.check"));
            return;
        }
        work("import.checking", form.request(true), this::showCheck);
    }

    private void work(String doing, ImportRequest request, Consumer<ImportReport> then) {
        var file = archive.file();
        if (file == null) {
            return;
        }
        var bar = new ProgressBar();
        bar.setIndeterminate(true);
        result.removeAll();
        result.add(box("panel", box("body stack", text(getTranslation(doing), "s"), bar)));
        var ui = UI.getCurrent();
        var who = account.person();
        Thread.ofVirtual().name("import").start(() -> run(ui, who, request, file, then));
    }

    private void run(UI ui, SignedIn who, ImportRequest request, Path file, Consumer<ImportReport> then) {
        try {
            var report = imports.importArchive(who, request, file);
            tell(ui, () -> then.accept(report));
        } catch (Problem problem) {
            tell(ui, () -> fail(problem.detail()));
        } catch (IOException | RuntimeException failure) {
            LOG.error("An import failed", failure);
            tell(ui, () -> fail(getTranslation("error.unexpected")));
        }
    }

    /** Says something to the page, unless it was closed meanwhile. */
    private static void tell(UI ui, Command words) {
        try {
            var _ = ui.access(words);
        } catch (UIDetachedException closed) {
            LOG.debug("The page that asked is gone", closed);
        }
    }

    private void showCheck(ImportReport report) {
        result.removeAll();
        result.add(new ImportReportPanel(report));
        var buttons = box("row");
        if (!report.refused()) {
            var start = new Button(
                    getTranslation("import.start", Figures.count(report.pairs())),
                    click -> work("import.importing", form.request(false), this::showImported));
            start.addThemeNames("primary");
            start.setEnabled(report.items() > 0);
            buttons.add(start);
        }
        buttons.add(again("import.again"));
        result.add(buttons);
    }

    private void showImported(ImportReport report) {
        result.removeAll();
        var campaign = report.campaign();
        if (campaign == null || report.refused()) {
            result.add(new ImportReportPanel(report), again("import.again"));
            return;
        }
        archive.close();
        if (report.rejected() == 0 && report.warned() == 0) {
            UI.getCurrent().navigate("campaigns/" + campaign);
            return;
        }
        var go = new Anchor("campaigns/" + campaign, getTranslation("import.open"));
        go.addClassNames("button", "primary");
        result.add(
                note(Icon.CHECK, getTranslation("import.done", Figures.count(report.pairs())), "ok"),
                new ImportReportPanel(report),
                box("row", go));
    }

    private void fail(String detail) {
        result.removeAll();
        result.add(note(Icon.WARNING, detail, "err"));
        if (archive.file() != null) {
            result.add(box("row", again("import.again")));
        }
    }

    private Button again(String key) {
        return new Button(getTranslation(key), click -> check());
    }

    private Component close() {
        var close = new Anchor("campaigns", getTranslation("import.close"));
        close.addClassName("button");
        return close;
    }

    private Aside help() {
        var example = new Pre("""
                {"id": "0001",
                 "instruction": "Make the cat black.",
                 "source": "images/0001.png",
                 "category": "Attribute",
                 "candidates": [
                  {"model": "a", "image": "a/0001.png"},
                  {"model": "b", "image": "b/0001.png"}]}""");
        example.addClassName("code");
        example.getElement().setAttribute("tabindex", "0");
        return new Aside(new Panel(getTranslation("import.manifest"))
                .body(
                        text(getTranslation("import.manifest.help"), "s"),
                        example,
                        foot(getTranslation("import.limits"))));
    }

    private UploadI18N words() {
        var words = new UploadI18N();
        words.setAddFiles(new UploadI18N.AddFiles().setOne(getTranslation("import.choose")));
        words.setDropFiles(new UploadI18N.DropFiles().setOne(getTranslation("import.drop")));
        words.setError(new UploadI18N.Error().setIncorrectFileType(getTranslation("import.nozip")));
        return words;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("campaigns.new") + " · Diptych";
    }

    /** The uploaded archive, which goes away with the page. */
    private static final class ReceivedArchive implements AutoCloseable {
        private @Nullable Path file;

        synchronized void hold(Path received) {
            close();
            file = received;
        }

        synchronized @Nullable Path file() {
            return file;
        }

        @Override
        public synchronized void close() {
            try {
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOG.warn("An uploaded archive could not be deleted; it goes with the next start", e);
            } finally {
                file = null;
            }
        }
    }
}
