package org.diptych.ui.reward;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.reward.ColdStartFailures;
import org.diptych.service.reward.ColdStartFailures.ColdStartFailure;
import org.diptych.service.reward.ConfiguredEncoder;
import org.diptych.service.reward.ModelBenchmarkService;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.PromotionCheck;
import org.diptych.service.reward.SetAsideCandidates;
import org.diptych.service.reward.TrainingRunService;
import org.diptych.service.reward.VersionComparisons;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.ExclusionNote;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** Model versions of a campaign: training, accuracy over versions, promotion and roll-back, provenance. */
@Route(value = "campaigns/:campaign/models", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ModelsView extends CampaignPage {
    private final TrainingRunService runs;
    private final ModelVersionService models;
    private final VersionComparisons comparisons;
    private final CampaignProtocols protocols;
    private final ModelBenchmarkService benchmarks;
    private final SetAsideCandidates candidates;
    private final ColdStartFailures coldStarts;
    private final ConfiguredEncoder encoder;
    private final Conduct conduct;
    private final CurrentAccount account;
    private final Div changed = new Div();
    private final Div unordered = new Div();
    private final AccuracyChart accuracy = new AccuracyChart(300);
    private final SetAsidePanel setAside = new SetAsidePanel();
    private final Div versions = new Div();
    private final Div cards = new Div();
    private final Div measured = new Div();
    private @Nullable TrainingPanel training;
    private @Nullable ComparePanel compare;
    /** The version that the panels below the table describe; the active one while none is chosen. */
    private @Nullable Integer chosen;

    private @Nullable UUID campaign;
    private List<ModelVersion> shown = List.of();
    private @Nullable UUID measuredShown;
    private @Nullable ColdStartFailure unorderedShown;

    ModelsView(
            TrainingRunService runs,
            ModelVersionService models,
            VersionComparisons comparisons,
            CampaignProtocols protocols,
            ModelBenchmarkService benchmarks,
            SetAsideCandidates candidates,
            ColdStartFailures coldStarts,
            ConfiguredEncoder encoder,
            Conduct conduct,
            CurrentAccount account) {
        super("nav.models");
        this.runs = runs;
        this.models = models;
        this.comparisons = comparisons;
        this.protocols = protocols;
        this.benchmarks = benchmarks;
        this.candidates = candidates;
        this.coldStarts = coldStarts;
        this.encoder = encoder;
        this.conduct = conduct;
        this.account = account;
        LiveRefresh.every(Duration.ofSeconds(1), this, this::refresh);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        training = new TrainingPanel(runs, account, id);
        compare = new ComparePanel(comparisons, account, id, new DimensionNames(protocols.current(id), getLocale()));
        var table = new Panel(getTranslation("models.versions"))
                .end(text(getTranslation("models.interval"), "muted", "xs"))
                .wide(versions);
        table.addClassName("gap");
        var chart = new Panel(getTranslation("accuracy.title"))
                .says(getTranslation("accuracy.help"))
                .body(accuracy);
        chart.addClassName("gap");
        cards.addClassNames("cols", "two");
        add(
                new PageHead(title()).says(getTranslation("models.sub")),
                new ExclusionNote(id, conduct.exclusions(account.person(), id), "conduct.leftout.trainings"),
                changed,
                unordered,
                training,
                setAside,
                table,
                chart,
                compare,
                measured,
                cards);
        draw(models.list(account.person(), id));
        drawMeasured(id);
        refreshRuns(id);
    }

    private void refreshRuns(UUID id) {
        Objects.requireNonNull(training).refresh();
        drawUnordered(coldStarts.find(account.person(), id));
        setAside.show(candidates.list(account.person(), id, encoder.encoderId(), SetAsidePanel.MOST));
    }

    private void refresh() {
        refreshRuns(Objects.requireNonNull(campaign));
        var now = models.list(account.person(), Objects.requireNonNull(campaign));
        if (!now.equals(shown)) {
            draw(now);
        }
        drawMeasured(Objects.requireNonNull(campaign));
        Objects.requireNonNull(compare).refresh();
    }

    /** Measurements are added and never changed: the newest one tells whether there is anything new. */
    private void drawMeasured(UUID id) {
        var newest = benchmarks.newest(account.person(), id);
        if (newest.equals(Optional.ofNullable(measuredShown))) {
            return;
        }
        measuredShown = newest.orElse(null);
        measured.removeAll();
        measured.add(new BenchmarksPanel(benchmarks.list(account.person(), id)));
    }

    private void draw(List<ModelVersion> now) {
        shown = now;
        accuracy.show(now);
        drawChanged(now);
        Objects.requireNonNull(compare).offer(now);
        versions.removeAll();
        if (now.isEmpty()) {
            var none = box("body", text(getTranslation("models.none"), "muted", "s"));
            none.getStyle().set("padding", "4px 16px 16px");
            versions.add(none);
            return;
        }
        versions.add(table(now));
        describe(now);
    }

    private void describe(List<ModelVersion> now) {
        var described = now.stream()
                .filter(version ->
                        chosen == null ? version.state() == ModelVersion.State.ACTIVE : version.number() == chosen)
                .findFirst()
                .orElse(now.getFirst());
        cards.removeAll();
        cards.add(
                box("stack", new PromotionPanel(described), new ReliabilityPanel(described)),
                box("stack", new LiftPanel(described), new ProvenancePanel(described)));
    }

    /** The number of a version; describes it below. */
    private Component name(ModelVersion version) {
        var name = new Button(getTranslation("models.version", version.number()), click -> {
            chosen = version.number();
            describe(shown);
            cards.scrollIntoView();
        });
        name.setAriaLabel(getTranslation("models.describe", version.number()));
        name.addThemeNames("small", "tertiary");
        return name;
    }

    private Component against(ModelVersion version) {
        var check = PromotionCheck.of(version);
        var against = check.against();
        var words = text(PromotionPanel.difference(check), against == null ? "muted" : "nowrap");
        return against == null
                ? words
                : new Div(words, box("sub2", text(getTranslation("promotion.against", against))));
    }

    /** Says why chance alone orders the queue where a first order was designed. */
    private void drawUnordered(Optional<ColdStartFailure> failure) {
        if (failure.equals(Optional.ofNullable(unorderedShown))) {
            return;
        }
        unorderedShown = failure.orElse(null);
        unordered.removeAll();
        failure.ifPresent(failed -> {
            var note = Parts.note(
                    Icon.WARNING,
                    getTranslation("models.unordered", failed.reason(), Figures.moment(failed.retryAt())),
                    "warn");
            note.addClassName("gap");
            unordered.add(note);
        });
    }

    /** Says that the active version reads another encoder, or has learnt from who is excluded since, and offers what helps. */
    private void drawChanged(List<ModelVersion> now) {
        changed.removeAll();
        now.stream()
                .filter(version -> version.state() == ModelVersion.State.ACTIVE)
                .forEach(version -> {
                    if (!encoder.reads(version)) {
                        changed.add(trainAgain(version, "models.encoder.changed"));
                    } else if (conduct.exclusions(account.person(), version.campaign()).stream()
                            .anyMatch(exclusion -> exclusion.at().isAfter(version.createdAt()))) {
                        changed.add(trainAgain(version, "models.excluded"));
                    }
                });
    }

    private Component trainAgain(ModelVersion version, String why) {
        var note = Parts.note(Icon.WARNING, getTranslation(why, version.number()), "warn");
        var train = new Button(getTranslation("training.now"), click -> {
            runs.request(account.person(), version.campaign());
            refresh();
        });
        train.addThemeNames("small");
        train.addClassName("end");
        note.add(train);
        note.addClassName("gap");
        return note;
    }

    private FigureTable table(List<ModelVersion> now) {
        var table = new FigureTable(
                Column.words(getTranslation("models.column.version")),
                Column.words(getTranslation("campaigns.state")),
                Column.figures(getTranslation("models.column.labels")),
                Column.words(getTranslation("models.column.accuracy")),
                Column.words(getTranslation("chart.interval")),
                Column.words(getTranslation("models.column.against")),
                Column.figures(getTranslation("accuracy.majority")),
                Column.figures(getTranslation("models.column.pairs")),
                Column.words(getTranslation("models.column.trained")),
                Column.words(getTranslation("table.actions")));
        int active = now.stream()
                .filter(version -> version.state() == ModelVersion.State.ACTIVE)
                .mapToInt(ModelVersion::number)
                .findFirst()
                .orElse(0);
        for (var version : now) {
            var majority = version.majorityRate();
            table.row(
                    name(version),
                    encoder.reads(version)
                            ? state(version)
                            : box("row", state(version), chip(getTranslation("models.encoder.other"), "warn")),
                    Figures.count(version.labels()),
                    accuracy(version),
                    interval(version),
                    against(version),
                    majority == null ? "" : Figures.percent(majority),
                    Figures.count(version.evaluatedPairs()),
                    text(Figures.moment(version.createdAt()), "muted", "nowrap"),
                    action(version, active));
        }
        return table;
    }

    private Component accuracy(ModelVersion version) {
        var accuracy = version.accuracy();
        if (accuracy == null) {
            return text(getTranslation("models.unmeasured"), "muted");
        }
        var tone = version.state() == ModelVersion.State.ACTIVE ? Tone.FIRST : Tone.BASELINE;
        return box(
                "figure",
                text(Figures.percent(accuracy), "strong"),
                new MiniInterval(
                        accuracy, version.accuracyLow(), version.accuracyHigh(), 0.3, 1, tone, written(version)));
    }

    private Component interval(ModelVersion version) {
        return text(written(version), "muted", "nowrap");
    }

    private String written(ModelVersion version) {
        var low = version.accuracyLow();
        var high = version.accuracyHigh();
        return low == null || high == null ? "" : Figures.interval(Figures.percent(low), Figures.percent(high));
    }

    private Component state(ModelVersion version) {
        var state = version.state();
        if (state == ModelVersion.State.CANDIDATE && PromotionCheck.of(version).rejected()) {
            return box(
                    "",
                    chip(getTranslation("promotion.rejected"), "err"),
                    text(PromotionPanel.because(PromotionCheck.of(version)), "sub2"));
        }
        var kind = switch (state) {
            case ACTIVE -> "ok";
            case CANDIDATE -> "";
            case RETIRED -> "line";
        };
        return chip(getTranslation("models.state." + state.name().toLowerCase(Locale.ROOT)), kind);
    }

    private Component action(ModelVersion version, int active) {
        if (version.state() == ModelVersion.State.ACTIVE) {
            return new Div();
        }
        boolean back = version.number() < active;
        var button = new Button(
                getTranslation(back ? "models.rollback" : "models.promote"), click -> confirm(version, back));
        button.addThemeNames("small");
        return box("r", button);
    }

    private void confirm(ModelVersion version, boolean back) {
        var title = getTranslation(back ? "models.rollback.title" : "models.promote.title", version.number());
        var dialog = new ConfirmDialog(
                title,
                getTranslation("models.promote.help", version.number()),
                getTranslation(back ? "models.rollback" : "models.promote"),
                confirmed -> {
                    models.promote(account.person(), version.campaign(), version.number());
                    refresh();
                });
        dialog.setCancelable(true);
        dialog.setCancelText(getTranslation("models.keep"));
        dialog.open();
    }
}
