package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import java.util.Map;
import java.util.function.Consumer;
import org.diptych.service.account.SignedIn;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.PowerPlans;
import org.diptych.service.draft.PowerReading;
import org.diptych.service.draft.PowerReading.State;
import org.diptych.service.draft.PowerWish;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** How much must be labelled for figures of a wanted precision. It is computed beside the page, which asks until it is there. */
class PowerPanel extends Panel {
    private final PowerPlans plans;
    private final SignedIn person;
    private final CampaignDraft draft;
    private final IntegerField annotators = new IntegerField(translate("wizard.power.annotators"));
    private final NumberField halfWidth = new NumberField(translate("wizard.power.halfwidth"));
    private final NumberField accuracy = new NumberField(translate("wizard.power.accuracy"));
    private final Map<String, HasValidation> fields =
            Map.of("annotators", annotators, "halfWidth", halfWidth, "accuracy", accuracy);
    private final Div result = new Div();
    private final Consumer<PowerReading.Row> use;
    private @Nullable PowerReading reading;

    /** @param use takes over what a row says */
    PowerPanel(PowerPlans plans, SignedIn person, CampaignDraft draft, Consumer<PowerReading.Row> use) {
        super(translate("wizard.power"));
        this.plans = plans;
        this.person = person;
        this.draft = draft;
        this.use = use;
        says(translate("wizard.power.help"));
        annotators.setManualValidation(true);
        annotators.setStepButtonsVisible(true);
        annotators.setValue(Math.max(4, draft.choices().people().size()));
        halfWidth.setManualValidation(true);
        halfWidth.setStep(0.01);
        halfWidth.setValue(0.05);
        halfWidth.setHelperText(translate("wizard.power.halfwidth.help"));
        accuracy.setManualValidation(true);
        accuracy.setStep(0.01);
        accuracy.setValue(0.8);
        accuracy.setHelperText(translate("wizard.power.accuracy.help"));
        result.addClassName("stack");
        result.getElement().setAttribute("aria-live", "polite");
        var compute = new Button(translate("wizard.power.compute"), click -> begin());
        body(box("stack", box("form", annotators, halfWidth, accuracy), new Div(compute), result));
        addDetachListener(detached -> cancel());
    }

    private void begin() {
        fields.values().forEach(field -> field.setInvalid(false));
        if (annotators.getValue() == null || halfWidth.getValue() == null || accuracy.getValue() == null) {
            complainWhere(annotators.getValue(), "annotators");
            complainWhere(halfWidth.getValue(), "halfWidth");
            complainWhere(accuracy.getValue(), "accuracy");
            return;
        }
        try {
            reading = plans.begin(
                    person,
                    draft.id(),
                    new PowerWish(halfWidth.getValue(), accuracy.getValue(), annotators.getValue()));
            var bar = new ProgressBar();
            bar.setIndeterminate(true);
            result.removeAll();
            result.add(text(translate("wizard.power.computing"), "s"), bar);
        } catch (Problem problem) {
            if (fields.containsKey(WizardWords.field(problem))) {
                complainWhere(null, WizardWords.field(problem));
            } else {
                result.removeAll();
                result.add(note(Icon.WARNING, WizardWords.of(problem), "warn"));
            }
        }
    }

    private void complainWhere(@Nullable Object missing, String name) {
        var field = fields.get(name);
        if (missing == null && field != null) {
            field.setErrorMessage(translate("wizard.power." + name + ".error"));
            field.setInvalid(true);
        }
    }

    /** Asks whether the plan is there. */
    void poll() {
        var before = reading;
        if (before == null || before.state() != State.RUNNING) {
            return;
        }
        var now = read(before);
        reading = now;
        if (now == null || now.state() != State.RUNNING) {
            show(now);
        }
    }

    /** Null where the server has forgotten it. */
    private @Nullable PowerReading read(PowerReading before) {
        try {
            return plans.get(person, draft.id(), before.id());
        } catch (Problem forgotten) {
            return null;
        }
    }

    private void show(@Nullable PowerReading plan) {
        result.removeAll();
        if (plan == null || plan.state() != State.DONE) {
            result.add(note(Icon.WARNING, translate("wizard.power.failed"), "warn"));
            return;
        }
        var basis = plan.basis();
        result.add(text(
                basis.campaign() == null
                        ? translate(
                                "wizard.power.assumed",
                                Figures.wholePercent(basis.reliability()),
                                Figures.seconds(basis.seconds()))
                        : translate(
                                "wizard.power.observed",
                                basis.campaign(),
                                Figures.wholePercent(basis.reliability()),
                                Figures.seconds(basis.seconds())),
                "s"));
        result.add(recommended(plan));
        var table = new FigureTable(
                Column.figures(translate("wizard.power.pairs")),
                Column.figures(translate("wizard.power.overlap")),
                Column.figures(translate("overview.labels")),
                Column.figures(translate("wizard.power.hours")),
                Column.figures(translate("wizard.power.alpha")),
                Column.figures(translate("wizard.power.shown")));
        plan.rows()
                .forEach(row -> table.row(
                        Figures.count(row.pairs()),
                        Figures.count(row.overlap()),
                        Figures.count(row.labels()),
                        Figures.count(Math.round(row.hours())),
                        within(row.alpha(), row.halfWidth()),
                        translate(
                                "wizard.power.within",
                                Figures.percent(row.accuracy()),
                                Figures.percent(row.accuracyHalfWidth()))));
        result.add(table, foot(translate("wizard.power.foot")));
    }

    private static String within(@Nullable Double alpha, @Nullable Double halfWidth) {
        return alpha == null || halfWidth == null
                ? translate("wizard.power.undefined")
                : translate("wizard.power.within", Figures.coefficient(alpha), Figures.decimals(halfWidth, 3));
    }

    private Div recommended(PowerReading plan) {
        var place = plan.recommended();
        if (place == null) {
            return note(
                    Icon.WARNING, translate(plan.complete() ? "wizard.power.none" : "wizard.power.none.part"), "warn");
        }
        var row = plan.rows().get(place);
        var take = new Button(translate("wizard.power.use"), click -> use.accept(row));
        take.addThemeNames("small");
        return box(
                "stack",
                note(
                        Icon.CHECK,
                        translate(
                                "wizard.power.recommended",
                                Figures.count(row.pairs()),
                                Figures.count(row.overlap()),
                                Figures.count(row.labels()),
                                Figures.count(Math.round(row.hours()))),
                        "ok"),
                new Div(take));
    }

    private void cancel() {
        if (reading != null && reading.state() == State.RUNNING) {
            plans.cancel(person, draft.id(), reading.id());
        }
    }
}
