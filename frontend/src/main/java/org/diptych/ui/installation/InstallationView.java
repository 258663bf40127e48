package org.diptych.ui.installation;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.diptych.service.account.AccountZones;
import org.diptych.service.installation.Installation;
import org.diptych.service.installation.Installation.Job;
import org.diptych.service.installation.Installation.Storage;
import org.diptych.service.installation.InstallationService;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** Versions, storage and jobs of the installation, for its administrators. */
@Route(value = "installation", layout = Shell.class)
@RolesAllowed("ADMIN")
class InstallationView extends Div implements HasDynamicTitle {
    private static final Duration REFRESH = Duration.ofSeconds(10);
    /** A job that should have run this long ago waits for a worker that is not there. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final InstallationService installation;
    private final CurrentAccount account;
    private final ZoneId zone;
    private final Div page = new Div();

    InstallationView(InstallationService installation, AccountZones zones, CurrentAccount account) {
        this.installation = installation;
        this.account = account;
        this.zone = zones.of(account.person());
        add(new PageHead(getTranslation("installation.title")).says(getTranslation("installation.sub")), page);
        draw();
        LiveRefresh.every(REFRESH, this, this::draw);
    }

    private void draw() {
        var seen = installation.read(account.person());
        page.removeAll();
        page.add(
                figures(seen),
                box(
                        "cols three-two",
                        jobs(seen),
                        box("stack", tables(seen.storage()), trainings(seen), versions(seen))));
    }

    private Component figures(Installation seen) {
        var storage = seen.storage();
        var free = storage.freeBytes();
        var disk = storage.diskBytes();
        return box(
                "kpis",
                Parts.figure(
                        getTranslation("installation.free"),
                        free == null ? "–" : Figures.bytes(free),
                        free == null || disk == null
                                ? getTranslation("installation.unknown")
                                : getTranslation("installation.free.of", Figures.bytes(disk), storage.folder())),
                Parts.figure(
                        getTranslation("installation.database"),
                        Figures.bytes(storage.databaseBytes()),
                        "PostgreSQL " + seen.versions().database()),
                Parts.figure(
                        getTranslation("installation.pictures"),
                        Figures.bytes(storage.pictureBytes()),
                        getTranslation("installation.pictures.count", Figures.count(storage.pictures()))));
    }

    private Component jobs(Installation seen) {
        var table = new FigureTable(
                Column.words(getTranslation("installation.job")),
                Column.words(getTranslation("installation.job.state")),
                Column.words(getTranslation("installation.job.success")),
                Column.words(getTranslation("installation.job.failure")));
        seen.jobs()
                .forEach(job -> table.row(
                        new Div(text(named(job)), box("sub2", text(job.name()))),
                        state(job),
                        text(moment(job.lastSuccess()), "muted", "nowrap"),
                        text(moment(job.lastFailure()), "muted", "nowrap")));
        return new Panel(getTranslation("installation.jobs"))
                .says(getTranslation("installation.jobs.help"))
                .wide(
                        seen.jobs().isEmpty()
                                ? box("body", text(getTranslation("installation.jobs.none"), "muted"))
                                : table);
    }

    /** A job of a newer worker beside an older page has only its name. */
    private String named(Job job) {
        var key = "installation.job." + job.name();
        var written = getTranslation(key);
        return written.contains(key) ? job.name() : written;
    }

    private Component state(Job job) {
        if (job.failures() > 0) {
            return chip(getTranslation("installation.job.failing", Figures.count(job.failures())), "err");
        }
        if (job.node() != null) {
            return chip(getTranslation("installation.job.running"), "ok");
        }
        if (job.due().plus(LATE).isBefore(Instant.now())) {
            return chip(getTranslation("installation.job.late"), "warn");
        }
        return text(getTranslation("installation.job.due", moment(job.due())), "muted", "nowrap");
    }

    private Component tables(Storage storage) {
        var table = new FigureTable(
                Column.words(getTranslation("installation.table")),
                Column.figures(getTranslation("installation.table.size")),
                Column.figures(getTranslation("installation.table.rows")));
        storage.tables()
                .forEach(each -> table.row(
                        text(each.name(), "mono"),
                        Figures.bytes(each.bytes()),
                        Optional.ofNullable(each.rows()).map(Figures::count).orElse("–")));
        return new Panel(getTranslation("installation.tables"))
                .says(getTranslation("installation.tables.help"))
                .wide(table);
    }

    private Component trainings(Installation seen) {
        var panel = new Panel(getTranslation("installation.trainings"));
        if (seen.trainings().isEmpty()) {
            return panel.body(text(getTranslation("installation.trainings.none"), "muted"));
        }
        var table = new FigureTable(
                Column.words(getTranslation("nav.campaign")),
                Column.words(getTranslation("installation.job.state")),
                Column.words(getTranslation("installation.training.heartbeat")));
        seen.trainings()
                .forEach(run -> table.row(
                        Parts.written(run.campaign()),
                        run.node() == null
                                ? text(getTranslation("installation.training.waits"), "muted")
                                : chip(getTranslation("installation.training.on", run.node()), "ok"),
                        text(moment(run.heartbeat()), "muted", "nowrap")));
        return panel.wide(table);
    }

    private Component versions(Installation seen) {
        var versions = seen.versions();
        var table = new FigureTable(
                        Column.words(getTranslation("installation.part")),
                        Column.words(getTranslation("installation.version")))
                .row("Diptych", versions.diptych())
                .row("Java", versions.java())
                .row("PostgreSQL", versions.database())
                .row(getTranslation("installation.schema"), versions.schema())
                .row(getTranslation("installation.started"), Figures.moment(versions.startedAt(), zone));
        var licences = new Anchor("api/v1/installation/licences", getTranslation("installation.licences"));
        licences.setRouterIgnore(true);
        return new Panel(getTranslation("installation.versions")).end(licences).wide(table);
    }

    private String moment(@Nullable Instant at) {
        return at == null ? "–" : Figures.moment(at, zone);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("installation.title") + " · Diptych";
    }
}
