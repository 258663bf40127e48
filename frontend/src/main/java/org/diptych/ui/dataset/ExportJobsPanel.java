package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.diptych.service.dataset.DatasetExport;
import org.diptych.service.dataset.ExportJobs;
import org.diptych.service.dataset.ExportWish;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Question;

/** What is being exported, and what was: how far it is, its file, and what went wrong. */
final class ExportJobsPanel extends Div {
    private static final int LISTED = 20;

    private final transient ExportJobs jobs;
    private final transient CurrentAccount account;
    private final UUID campaign;
    private final transient Consumer<ExportWish> again;
    private final Div running = box("stack");
    private final Div earlier = box("stack");
    private final Span none = text(getTranslation("export.earlier.none"), "muted");
    private final Map<UUID, LiveExport> panels = new LinkedHashMap<>();
    private transient List<DatasetExport> shown = List.of();

    ExportJobsPanel(ExportJobs jobs, CurrentAccount account, UUID campaign, Consumer<ExportWish> again) {
        this.jobs = jobs;
        this.account = account;
        this.campaign = campaign;
        this.again = again;
        addClassName("stack");
        add(running, new Panel(getTranslation("export.earlier")).body(none, earlier));
        draw();
    }

    /** Reads again what has become of the exports; what stays as it is stays on the page, with its focus. */
    void refresh() {
        draw();
    }

    private void draw() {
        var exports = jobs.list(account.person(), campaign, LISTED);
        var live = exports.stream().filter(export -> !export.state().ended()).toList();
        if (live.stream().map(DatasetExport::id).toList().equals(List.copyOf(panels.keySet()))) {
            live.forEach(
                    export -> Objects.requireNonNull(panels.get(export.id())).show(export));
        } else {
            panels.clear();
            running.removeAll();
            live.forEach(export -> running.add(panels.computeIfAbsent(export.id(), _ -> live(export))));
        }
        var ended = exports.stream().filter(export -> export.state().ended()).toList();
        if (!ended.equals(shown)) {
            shown = ended;
            earlier.removeAll();
            ended.forEach(export -> earlier.add(ended(export)));
        }
        none.setVisible(ended.isEmpty());
    }

    private LiveExport live(DatasetExport export) {
        return new LiveExport(
                export, small("export.cancel", export, () -> jobs.cancel(account.person(), campaign, export.id())));
    }

    private Component ended(DatasetExport export) {
        var row = box("stack");
        var buttons = box("row wrap");
        if (export.state() == DatasetExport.State.FINISHED) {
            var file = new Anchor(
                    "api/v1/campaigns/" + campaign + "/exports/" + export.id() + "/file",
                    Icon.EXPORT.draw(),
                    text(getTranslation("export.download")));
            file.addClassName("button");
            file.getElement()
                    .setAttribute("download", export.fileName())
                    .setAttribute("router-ignore", true)
                    .setAttribute("aria-label", getTranslation("export.download") + ": " + ExportWords.title(export));
            buttons.add(file);
        } else {
            buttons.add(small("export.again", export, () -> again.accept(export.wish())));
        }
        var delete = small("export.delete", export, () -> {});
        delete.addClickListener(click -> Question.ask(
                getTranslation("export.delete.title", ExportWords.title(export)),
                getTranslation("export.delete.what"),
                getTranslation("export.delete"),
                () -> attempt(() -> jobs.delete(account.person(), campaign, export.id()))));
        buttons.add(delete);
        row.add(
                text(ExportWords.title(export)),
                text(
                        getTranslation("export.by", Figures.moment(export.createdAt()), export.requestedBy()),
                        "muted",
                        "s"),
                text(ExportWords.options(export.wish()), "muted", "s"));
        switch (export.state()) {
            case FINISHED -> {
                var digest = text("SHA-256 " + ExportWords.digest(export), "mono", "s");
                digest.setTitle(String.valueOf(export.sha256()));
                row.add(
                        text(ExportWords.result(export), "num", "s"),
                        digest,
                        text(getTranslation("export.until", Figures.moment(export.expiresAt(), "–")), "muted", "s"));
            }
            case FAILED -> row.add(note(Icon.WARNING, String.valueOf(export.failure()), "err"));
            case CANCELLED -> row.add(text(getTranslation("export.cancelled"), "muted", "s"));
            default -> row.add(text(getTranslation("export.expired"), "muted", "s"));
        }
        row.add(buttons);
        return row;
    }

    private Button small(String key, DatasetExport export, Runnable action) {
        var button = new Button(getTranslation(key), click -> attempt(action));
        button.addThemeNames("small");
        button.setAriaLabel(getTranslation(key) + ": " + ExportWords.title(export));
        return button;
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (Problem problem) {
            Notification.show(problem.detail());
        }
        draw();
    }
}
