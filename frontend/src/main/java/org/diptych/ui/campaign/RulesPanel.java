package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.conduct.AnnotatorRules;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.conduct.RuleAction;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** The rules by which annotators are warned or paused: a preset, or a campaign's own values. */
class RulesPanel extends Panel {
    private static final String OFF = "off";
    private static final List<String> ACTIONS = List.of(OFF, "warn", "pause");

    private final Conduct conduct;
    private final CurrentAccount account;
    private final UUID campaign;
    private final Map<String, HasValidation> fields = new LinkedHashMap<>();
    private final NumberField goldBelow = number("gold.below", new NumberField());
    private final IntegerField goldLast = whole("gold.last");
    private final Select<String> goldAction = action("gold");
    private final NumberField fastSeconds = number("fast.seconds", new NumberField());
    private final IntegerField fastLast = whole("fast.last");
    private final Select<String> fastAction = action("fast");
    private final IntegerField skips = whole("skips.inARow");
    private final Select<String> skipsAction = action("skips");
    private final Select<String> driftAction = action("drift");
    private final Div said = new Div();
    private AnnotatorRules read;

    RulesPanel(Conduct conduct, CurrentAccount account, UUID campaign) {
        super(translate("rules.title"));
        this.conduct = conduct;
        this.account = account;
        this.campaign = campaign;
        said.getElement().setAttribute("role", "status");
        goldBelow.setStep(0.01);
        fastSeconds.setStep(0.5);
        var presets = box("row wrap gap");
        AnnotatorRules.presets().forEach((name, rules) -> {
            var preset = new Button(translate("rules.preset." + name), click -> show(rules));
            preset.addThemeNames("small");
            presets.add(preset);
        });
        var save = new Button(translate("rules.save"), click -> save());
        save.addThemeNames("primary");
        says(translate("rules.help"))
                .body(
                        presets,
                        box(
                                "form",
                                goldAction,
                                goldBelow,
                                goldLast,
                                fastAction,
                                fastSeconds,
                                fastLast,
                                skipsAction,
                                skips,
                                driftAction),
                        box("stack formend", new Div(save), said));
        show(AnnotatorRules.WATCH);
        read = conduct.rules(account.person(), campaign);
        show(read);
    }

    private <T extends HasValidation> T named(String name, T field) {
        fields.put(name, field);
        return field;
    }

    private NumberField number(String name, NumberField field) {
        field.setLabel(translate("rules." + name));
        field.setManualValidation(true);
        return named(name, field);
    }

    private IntegerField whole(String name) {
        var field = new IntegerField(translate("rules." + name));
        field.setStepButtonsVisible(true);
        field.setManualValidation(true);
        return named(name, field);
    }

    private static Select<String> action(String rule) {
        var select = new Select<String>();
        select.setItems(ACTIONS);
        select.setItemLabelGenerator(each -> translate("rules.action." + each));
        select.setLabel(translate("rules." + rule));
        select.setHelperText(translate("rules." + rule + ".help"));
        return select;
    }

    /** Shows rules; of one that is off the values stay that stood there. */
    private void show(AnnotatorRules rules) {
        fields.values().forEach(field -> field.setInvalid(false));
        var gold = rules.gold();
        goldAction.setValue(word(gold == null ? null : gold.action()));
        if (gold != null) {
            goldBelow.setValue(gold.below());
            goldLast.setValue(gold.last());
        }
        var fast = rules.fast();
        fastAction.setValue(word(fast == null ? null : fast.action()));
        if (fast != null) {
            fastSeconds.setValue(fast.seconds());
            fastLast.setValue(fast.last());
        }
        var row = rules.skips();
        skipsAction.setValue(word(row == null ? null : row.action()));
        if (row != null) {
            skips.setValue(row.inARow());
        }
        var drift = rules.drift();
        driftAction.setValue(word(drift == null ? null : drift.action()));
    }

    private static String word(@Nullable RuleAction action) {
        return action == null ? OFF : action.word();
    }

    private static @Nullable RuleAction chosen(Select<String> select) {
        var word = select.getValue();
        return word == null || word.equals(OFF) ? null : RuleAction.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private void save() {
        said.removeAll();
        fields.values().forEach(field -> field.setInvalid(false));
        var gold = chosen(goldAction);
        var fast = chosen(fastAction);
        var row = chosen(skipsAction);
        var drift = chosen(driftAction);
        // each field that is empty says so
        boolean complete = gold == null || allThere(List.of("gold.below", "gold.last"));
        complete &= fast == null || allThere(List.of("fast.seconds", "fast.last"));
        complete &= row == null || allThere(List.of("skips.inARow"));
        if (!complete) {
            return;
        }
        try {
            read = conduct.change(
                    account.person(),
                    campaign,
                    new AnnotatorRules(
                            gold == null
                                    ? null
                                    : new AnnotatorRules.Gold(
                                            value(goldBelow.getValue()), value(goldLast.getValue()), gold),
                            fast == null
                                    ? null
                                    : new AnnotatorRules.Fast(
                                            value(fastSeconds.getValue()), value(fastLast.getValue()), fast),
                            row == null ? null : new AnnotatorRules.Skips(value(skips.getValue()), row),
                            drift == null ? null : new AnnotatorRules.Drift(drift)),
                    Set.of(read.tag()));
            said.add(note(Icon.CHECK, translate("rules.saved"), "ok"));
        } catch (Problem problem) {
            var field = String.valueOf(problem.properties().get("field"));
            if (problem.code().equals("changed_meanwhile")) {
                said.add(
                        note(Icon.WARNING, translate("settings.changed"), "warn"),
                        new Button(translate("settings.theirs"), click -> {
                            read = conduct.rules(account.person(), campaign);
                            show(read);
                            said.removeAll();
                        }));
            } else if (fields.containsKey(field)) {
                complain(field);
            } else {
                said.add(note(Icon.WARNING, problem.detail(), "warn"));
            }
        }
    }

    private boolean allThere(List<String> names) {
        var missing = names.stream()
                .filter(name -> ((HasValue<?, ?>) Objects.requireNonNull(fields.get(name))).getValue() == null)
                .toList();
        missing.forEach(this::complain);
        return missing.isEmpty();
    }

    private static <T extends Number> T value(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private void complain(String name) {
        var field = Objects.requireNonNull(fields.get(name));
        field.setErrorMessage(translate("rules." + name + ".error"));
        field.setInvalid(true);
    }
}
