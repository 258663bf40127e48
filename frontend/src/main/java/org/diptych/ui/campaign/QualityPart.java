package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.quality.GoldSettings;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** How annotators are checked, and how the model chooses what they are given. */
class QualityPart extends Div implements WizardPart {
    private final NumberField rate = new NumberField(translate("gold.rate"));
    private final Select<GoldSettings.Feedback> feedback = new Select<>();
    private final SettingsForm form;

    QualityPart(List<String> policies, ProtocolService protocols, WizardState state) {
        addClassName("stack");
        var gold = state.choices().gold();
        rate.setManualValidation(true);
        rate.setStep(0.01);
        rate.setValue(gold.rate());
        rate.setHelperText(translate("wizard.gold.rate.help"));
        feedback.setLabel(translate("gold.feedback"));
        feedback.setItems(GoldSettings.Feedback.values());
        feedback.setItemLabelGenerator(
                each -> translate("gold.feedback." + each.name().toLowerCase(Locale.ROOT)));
        feedback.setValue(gold.feedback());
        form = new SettingsForm(
                policies, List.of("acquisitionPolicy", "acquisitionBatch", "retrainEvery", "retrainHours"));
        form.show(state.choices().settings());
        var qualification =
                protocols.byReference(state.choices().protocol()).protocol().qualification();
        long tested = known(state, "qualification");
        add(
                new Panel(translate("wizard.qualification"))
                        .body(box(
                                "stack",
                                text(
                                        tested == 0
                                                ? translate("wizard.qualification.none")
                                                : translate(
                                                        "wizard.qualification.some",
                                                        Figures.count(tested),
                                                        Figures.wholePercent(qualification.passMark()),
                                                        Figures.count(qualification.tries())),
                                        "s"),
                                foot(translate("wizard.qualification.foot")))),
                new Panel(translate("gold.title"))
                        .body(box("stack", text(goldWords(known(state, "gold")), "s"), box("form", rate, feedback))),
                new Panel(translate("wizard.acquisition"))
                        .says(translate("wizard.acquisition.help"))
                        .body(form));
    }

    private static long known(WizardState state, String use) {
        return state.checked()
                .map(checked -> checked.contents().known().getOrDefault(use, 0L))
                .orElse(0L);
    }

    private static String goldWords(long pairs) {
        return pairs == 0 ? translate("wizard.gold.none") : translate("wizard.gold.some", Figures.count(pairs));
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        rate.setInvalid(false);
        var settings = form.typed();
        if (rate.getValue() == null) {
            complain("gold.rate", "");
            return Optional.empty();
        }
        return settings.map(typed -> new DraftChoices(
                before.step(),
                before.name(),
                before.addTo(),
                before.protocol(),
                typed,
                new GoldSettings(rate.getValue(), feedback.getValue()),
                before.people()));
    }

    @Override
    public boolean complain(String field, String words) {
        if (field.equals("gold.rate")) {
            rate.setErrorMessage(translate("wizard.gold.rate.error"));
            rate.setInvalid(true);
            return true;
        }
        return field.startsWith("settings.") && form.complain(field.substring("settings.".length()));
    }
}
