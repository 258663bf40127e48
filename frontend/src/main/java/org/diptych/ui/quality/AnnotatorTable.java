package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.diptych.service.qualification.Step;
import org.diptych.service.quality.AnnotatorStanding;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Parts;

/** One line for each annotator. */
class AnnotatorTable extends FigureTable {
    private final UUID campaign;
    private final Map<UUID, Boolean> paused;
    private final Set<UUID> excluded;
    private final Consumer<AnnotatorStanding> offerTry;

    /**
     * The given annotators, in their order.
     *
     * @param paused who is paused, and whether an appeal of theirs waits
     * @param excluded whose labels are in no dataset
     * @param offerTry hears whom the lead wants to give another try
     */
    AnnotatorTable(
            UUID campaign,
            List<AnnotatorStanding> annotators,
            Map<UUID, Boolean> paused,
            Set<UUID> excluded,
            Consumer<AnnotatorStanding> offerTry) {
        super(
                Column.words(said("annotators.name")),
                Column.words(said("annotators.qualification")),
                Column.words(said("annotators.gold")),
                Column.figures(said("overview.labels")),
                Column.figures(said("annotators.today")),
                Column.figures(said("annotators.pace")),
                Column.words(said("annotators.last")));
        this.campaign = campaign;
        this.paused = paused;
        this.excluded = excluded;
        this.offerTry = offerTry;
        annotators.forEach(annotator -> row(
                name(annotator.account()),
                qualification(annotator),
                gold(annotator),
                Figures.count(annotator.work().labels()),
                Figures.count(annotator.work().today()),
                pace(annotator.work()),
                text(Figures.moment(annotator.work().lastLabelAt(), "–"), "muted", "nowrap")));
    }

    private static String said(String key, Object... parameters) {
        return com.vaadin.flow.i18n.I18NProvider.translate(key, parameters);
    }

    private Component name(AnnotatorStanding.Account account) {
        var link = new Anchor("campaigns/" + campaign + "/annotators/" + account.id());
        link.add(Parts.written(account.displayName(), "strong"));
        var line = box("row wrap", link);
        if (paused.containsKey(account.id())) {
            line.add(chip(said("conduct.action.pause"), "err"));
        }
        if (paused.getOrDefault(account.id(), false)) {
            line.add(chip(said("conduct.appeal.waiting"), "warn"));
        }
        if (excluded.contains(account.id())) {
            line.add(chip(said("conduct.action.excluded"), "warn"));
        }
        if (account.simulated()) {
            line.add(chip(said("members.simulated"), "line"));
        }
        return new Div(line, box("sub2", Parts.written(account.name())));
    }

    private Component qualification(AnnotatorStanding annotator) {
        var standing = annotator.qualification();
        var cell = new Div(box("row", state(standing)));
        var finished = annotator.attempts().stream()
                .filter(attempt -> attempt.score() != null)
                .toList();
        if (!finished.isEmpty()) {
            cell.add(box(
                    "sub2",
                    text(String.join(
                            " · ",
                            finished.stream().map(AnnotatorTable::written).toList()))));
        }
        annotator
                .grants()
                .forEach(grant -> cell.add(box("sub2", Parts.written(said("annotators.granted", grant.reason())))));
        if (standing.step() == Step.FAILED) {
            var another = new Button(said("annotators.try"), click -> offerTry.accept(annotator));
            another.addThemeNames("small");
            another.setAriaLabel(said("annotators.try.who", annotator.account().displayName()));
            cell.add(another);
        }
        return cell;
    }

    static Component state(AnnotatorStanding.Qualification standing) {
        return switch (standing.step()) {
            case GUIDELINE -> chip(said("annotators.step.guideline"), "");
            case EXAMPLES ->
                chip(said("annotators.step.examples", standing.answeredExamples(), standing.examples()), "");
            case TEST -> chip(said("annotators.step.test", standing.triesLeft()), "");
            case QUALIFIED ->
                standing.passed()
                        ? chip(said("annotators.step.qualified"), "ok")
                        : chip(said("annotators.exempt"), "line");
            case FAILED -> chip(said("annotators.step.failed"), "warn");
        };
    }

    private static String written(AnnotatorStanding.Attempt attempt) {
        var score = attempt.score();
        return score == null ? "" : Figures.wholePercent(score);
    }

    private static Component gold(AnnotatorStanding annotator) {
        var gold = annotator.gold();
        if (gold == null) {
            return text("–", "faint");
        }
        var interval = Figures.interval(Figures.wholePercent(gold.low()), Figures.wholePercent(gold.high()));
        var written = Figures.wholePercent(gold.mean());
        return new Div(
                box(
                        "row",
                        text(written, "strong"),
                        new MiniInterval(
                                gold.mean(), gold.low(), gold.high(), 0, 1, Tone.FIRST, written + ", " + interval)),
                box("sub2", text(said("annotators.gold.of", interval, Figures.count(gold.answers())))));
    }

    private static String pace(AnnotatorStanding.Work work) {
        var seconds = work.medianSeconds();
        return seconds == null ? "–" : Figures.seconds(seconds);
    }
}
