package org.diptych.ui.reward;

import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.diptych.service.reward.TrainingRunService.Epoch;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.chart.LineBandChart.Axis;
import org.diptych.ui.chart.LineBandChart.Point;
import org.diptych.ui.chart.LineBandChart.Series;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Parts;
import org.jspecify.annotations.Nullable;

/** The newest training run: how far it is while it runs, what came of it afterwards, and the buttons for it. */
public class TrainingPanel extends Section {
    private final TrainingRunService runs;
    private final CurrentAccount account;
    private final UUID campaign;
    private final Div header = box("row wrap");
    private final Div progress = new Div();
    private final Div failure = new Div();
    private final LineBandChart losses = new LineBandChart(200);
    private final Div chart = box("body", losses);
    private @Nullable TrainingRun shown;

    /** The panel of a campaign; empty until {@link #refresh()}. */
    public TrainingPanel(TrainingRunService runs, CurrentAccount account, UUID campaign) {
        this.runs = runs;
        this.account = account;
        this.campaign = campaign;
        addClassNames("panel", "gap");
        getElement().setAttribute("aria-label", getTranslation("training.title"));
        header.getStyle().set("padding", "11px 16px").set("min-height", "56px");
        add(header, progress, failure, chart);
    }

    /** Reads the newest run again. */
    public void refresh() {
        var newest =
                runs.list(account.person(), campaign, 1).stream().findFirst().orElse(null);
        if (newest != null && newest.equals(shown)) {
            return;
        }
        header.removeAll();
        progress.removeAll();
        failure.removeAll();
        if (newest == null) {
            header.add(text(getTranslation("training.none"), "muted", "s"), trainNow());
            chart.setVisible(false);
            return;
        }
        shown = newest;
        boolean live = !newest.state().ended();
        header.add(text(state(newest), live ? "live" : "strong"), text(detail(newest), "muted", "s", "num"));
        if (live) {
            header.add(cancel(newest));
            var bar = bar(getTranslation("training.progress"), share(newest));
            bar.getStyle().set("margin", "0 16px 14px");
            progress.add(bar);
        } else {
            header.add(trainNow());
        }
        var choiceFailure = newest.choiceFailure();
        if (newest.state() == TrainingRun.State.FAILED) {
            failure.add(note(String.valueOf(newest.message()), "err"));
        } else if (newest.state() == TrainingRun.State.FINISHED && choiceFailure != null) {
            failure.add(note(getTranslation("training.unchosen", choiceFailure), "warn"));
        }
        drawLosses(runs.epochs(account.person(), campaign, newest.id()));
    }

    private static Component note(String words, String kind) {
        var note = Parts.note(Icon.WARNING, words, kind);
        note.getStyle().set("margin", "0 16px 14px");
        return note;
    }

    private void drawLosses(List<Epoch> epochs) {
        chart.setVisible(!epochs.isEmpty());
        if (epochs.isEmpty()) {
            return;
        }
        var training = epochs.stream()
                .map(epoch -> new Point(epoch.epoch(), epoch.loss(), null, null, null))
                .toList();
        var first = epochs.getFirst();
        var last = epochs.getLast();
        losses.show(new LineBandChart.Data(
                getTranslation(
                        "training.losses",
                        Figures.decimals(first.loss(), 2),
                        Figures.count(first.epoch()),
                        Figures.decimals(last.loss(), 2),
                        Figures.count(last.epoch())),
                new Axis(getTranslation("training.epoch"), NumberStyle.INTEGER, 0.0, null),
                new Axis(getTranslation("training.loss"), NumberStyle.DECIMAL, 0.0, null),
                List.of(new Series(getTranslation("training.loss.fit"), Tone.FIRST, false, false, training)),
                List.of()));
    }

    private Button trainNow() {
        var button = new Button(getTranslation("training.now"), Icon.PLAY.draw(), click -> {
            runs.request(account.person(), campaign);
            refresh();
        });
        button.addThemeNames("primary");
        button.addClassName("end");
        return button;
    }

    private Button cancel(TrainingRun run) {
        var button = new Button(getTranslation("training.cancel"), click -> {
            runs.cancel(account.person(), campaign, run.id());
            refresh();
        });
        button.addThemeNames("error", "small");
        button.addClassName("end");
        button.setEnabled(!run.cancelRequested());
        return button;
    }

    private String state(TrainingRun run) {
        return run.cancelRequested() && !run.state().ended()
                ? getTranslation("training.stopping")
                : getTranslation("training.state." + run.state().name().toLowerCase(Locale.ROOT));
    }

    private String detail(TrainingRun run) {
        var parts = new ArrayList<String>();
        var model = run.model();
        if (run.state() == TrainingRun.State.FINISHED && model != null) {
            parts.add(getTranslation("training.made", model, Figures.moment(run.finishedAt(), "")));
        } else if (run.state().ended()) {
            parts.add(Figures.moment(run.finishedAt(), ""));
        } else {
            addProgress(run, parts);
        }
        if (run.setAside() > 0) {
            parts.add(getTranslation("training.aside", Figures.count(run.setAside()), Figures.count(run.leftOut())));
        }
        if (run.deaths() > 0) {
            parts.add(getTranslation("training.deaths", Figures.count(run.deaths())));
        }
        return String.join(", ", parts);
    }

    private void addProgress(TrainingRun run, List<String> parts) {
        var loss = run.loss();
        var labels = run.labels();
        if (run.state() == TrainingRun.State.QUEUED) {
            parts.add(getTranslation("training.waits"));
        }
        if (run.epochs() > 0) {
            parts.add(getTranslation(
                    run.state() == TrainingRun.State.TRAINING ? "training.epochs" : "training.steps",
                    Figures.count(run.epoch()),
                    Figures.count(run.epochs())));
        }
        if (loss != null) {
            parts.add(getTranslation("training.lossnow", Figures.decimals(loss, 3)));
        }
        if (labels != null) {
            parts.add(getTranslation("training.labels", Figures.count(labels)));
        }
        parts.add(getTranslation("training.trigger." + run.trigger().name().toLowerCase(Locale.ROOT)));
    }

    private static double share(TrainingRun run) {
        return run.epochs() == 0 ? 0 : (double) run.epoch() / run.epochs();
    }
}
