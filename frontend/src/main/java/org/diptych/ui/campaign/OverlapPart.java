package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.draft.PowerPlans;
import org.diptych.service.draft.PowerReading;
import org.diptych.ui.shell.Panel;

/** How many people judge each pair, and what that will measure. */
class OverlapPart extends Div implements WizardPart {
    private final SettingsForm form;
    private final PowerPanel power;

    OverlapPart(List<String> policies, PowerPlans plans, SignedIn person, WizardState state) {
        addClassName("stack");
        form = new SettingsForm(policies, List.of("uniformShare", "uniformLabels", "acquiredLabels", "mostLabels"));
        form.show(state.choices().settings());
        var draft = Objects.requireNonNull(state.draft());
        power = new PowerPanel(plans, person, draft, row -> use(state, row));
        add(
                new Panel(translate(WizardStep.OVERLAP.key()))
                        .says(translate("wizard.overlap.help"))
                        .body(form),
                power);
    }

    /** As many uniform pairs as the row has, with as many labels. */
    private void use(WizardState state, PowerReading.Row row) {
        form.typed()
                .ifPresent(typed -> form.show(new CampaignSettings(
                        state.checked()
                                .map(checked -> share(row.pairs(), DraftNumbers.toLabel(checked)))
                                .orElse(typed.uniformShare()),
                        row.overlap(),
                        typed.acquiredLabels(),
                        typed.mostLabels(),
                        typed.leaseSeconds(),
                        typed.prefetch(),
                        typed.lateLabels(),
                        typed.retrainEvery(),
                        typed.retrainHours(),
                        typed.acquisitionBatch(),
                        typed.acquisitionPolicy())));
    }

    /** In whole hundredths, as the field has it. */
    static double share(int wanted, long pairs) {
        return pairs == 0 ? 1 : Math.clamp(Math.ceil(100.0 * wanted / pairs) / 100, 0.01, 1);
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        return form.typed()
                .map(settings -> new DraftChoices(
                        before.step(),
                        before.name(),
                        before.addTo(),
                        before.protocol(),
                        settings,
                        before.gold(),
                        before.people()));
    }

    @Override
    public boolean complain(String field, String words) {
        return field.startsWith("settings.") && form.complain(field.substring("settings.".length()));
    }

    @Override
    public void refresh(WizardState state) {
        power.poll();
    }
}
