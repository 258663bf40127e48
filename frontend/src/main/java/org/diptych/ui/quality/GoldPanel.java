package org.diptych.ui.quality;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.quality.GoldSettings;
import org.diptych.service.quality.KnownAnswers;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** How the campaign uses gold. A choice holds at once. */
class GoldPanel extends Panel {
    private static final List<Double> RATES = List.of(0.0, 0.02, 0.05, 0.1, 0.2);

    private final KnownAnswers known;
    private final CurrentAccount account;
    private final UUID campaign;
    private final Select<Double> rate = new Select<>();
    private final Select<GoldSettings.Feedback> feedback = new Select<>();
    private final Div said = new Div();

    GoldPanel(KnownAnswers known, CurrentAccount account, UUID campaign) {
        super(translate("gold.title"));
        this.known = known;
        this.account = account;
        this.campaign = campaign;
        var now = known.settings(account.person(), campaign);
        var rates = new ArrayList<>(RATES);
        if (!rates.contains(now.rate())) {
            rates.add(now.rate());
            rates.sort(null);
        }
        rate.setLabel(translate("gold.rate"));
        rate.setHelperText(translate("gold.rate.help"));
        rate.setItems(rates);
        rate.setItemLabelGenerator(share -> share == 0 ? translate("gold.rate.none") : Figures.wholePercent(share));
        rate.setValue(now.rate());
        rate.setWidthFull();
        feedback.setLabel(translate("gold.feedback"));
        feedback.setItems(GoldSettings.Feedback.values());
        feedback.setItemLabelGenerator(
                each -> translate("gold.feedback." + each.name().toLowerCase(Locale.ROOT)));
        feedback.setValue(now.feedback());
        feedback.setWidthFull();
        rate.addValueChangeListener(change -> keep());
        feedback.addValueChangeListener(change -> keep());
        body(box("stack", rate, feedback, said, foot(translate("gold.accuracy.help"))));
    }

    private void keep() {
        known.change(account.person(), campaign, new GoldSettings(rate.getValue(), feedback.getValue()));
        said.removeAll();
        said.add(Parts.note(Icon.CHECK, translate("gold.kept"), "ok"));
    }
}
