package org.diptych.ui.payment;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.payment.PaymentService;
import org.diptych.service.payment.PaymentSettings;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;

/** What the campaign pays and counts. What is typed stays until it is replaced. */
class PaymentForm extends Div {
    private final TextField currency = new TextField(translate("payment.currency"));
    private final BigDecimalField perJudgement = new BigDecimalField(translate("payment.perJudgement"));
    private final BigDecimalField perHour = new BigDecimalField(translate("payment.perHour"));
    private final IntegerField decimals = new IntegerField(translate("payment.decimals"));
    private final Select<PaymentSettings.Rounding> rounding = new Select<>();
    private final Checkbox extra = new Checkbox(translate("payment.counts.extra"));
    private final Checkbox gold = new Checkbox(translate("payment.counts.gold"));
    private final Checkbox training = new Checkbox(translate("payment.counts.training"));
    private final ComboBox<String> zone = new ComboBox<>(translate("payment.zone"));
    private final Map<String, HasValidation> fields = new LinkedHashMap<>();
    private final Div said = new Div();
    private PaymentSettings read;

    PaymentForm(PaymentService payment, CurrentAccount account, UUID campaign, Runnable saved) {
        read = payment.settings(account.person(), campaign);
        currency.setMaxLength(3);
        decimals.setStepButtonsVisible(true);
        decimals.setManualValidation(true);
        rounding.setLabel(translate("payment.rounding"));
        rounding.setHelperText(translate("payment.rounding.help"));
        rounding.setItems(PaymentSettings.Rounding.values());
        rounding.setItemLabelGenerator(
                each -> translate("payment.rounding." + each.name().toLowerCase(Locale.ROOT)));
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setHelperText(translate("payment.zone.help"));
        zone.setClearButtonVisible(true);
        fields.put("currency", currency);
        fields.put("perJudgement", perJudgement);
        fields.put("perHour", perHour);
        fields.put("decimals", decimals);
        fields.put("timeZone", zone);
        var save = new Button(translate("settings.save"), click -> save(payment, account, campaign, saved));
        save.addThemeNames("primary");
        said.addClassName("stack");
        said.getElement().setAttribute("role", "status");
        add(box(
                "stack",
                box("form", currency, perJudgement, perHour, decimals, rounding, zone),
                box("stack", extra, gold, training),
                new Div(save),
                said));
        show(read);
    }

    private void show(PaymentSettings settings) {
        currency.setValue(settings.currency());
        perJudgement.setValue(settings.perJudgement());
        perHour.setValue(settings.perHour());
        decimals.setValue(settings.decimals());
        rounding.setValue(settings.rounding());
        extra.setValue(settings.countsExtra());
        gold.setValue(settings.countsGold());
        training.setValue(settings.countsTraining());
        zone.setValue(settings.timeZone());
    }

    private void save(PaymentService payment, CurrentAccount account, UUID campaign, Runnable saved) {
        said.removeAll();
        fields.values().forEach(field -> field.setInvalid(false));
        try {
            read = payment.change(
                    account.person(),
                    campaign,
                    new PaymentSettings(
                            currency.getValue().strip().toUpperCase(Locale.ROOT),
                            typed(perJudgement),
                            typed(perHour),
                            decimals.getValue() == null ? -1 : decimals.getValue(),
                            rounding.getValue(),
                            extra.getValue(),
                            gold.getValue(),
                            training.getValue(),
                            zone.getValue()),
                    Set.of(read.tag()));
            show(read);
            saved.run();
            said.add(note(Icon.CHECK, translate("payment.saved"), "ok"));
        } catch (Problem problem) {
            refused(problem, payment, account, campaign);
        }
    }

    /** Nothing typed is no rate: the check says so at the field. */
    private static BigDecimal typed(BigDecimalField field) {
        return field.getValue() == null ? BigDecimal.ONE.negate() : field.getValue();
    }

    private void refused(Problem problem, PaymentService payment, CurrentAccount account, UUID campaign) {
        var field = fields.get(String.valueOf(problem.properties().get("field")));
        if (problem.code().equals("changed_meanwhile")) {
            said.add(note(Icon.WARNING, translate("settings.changed"), "warn"));
            said.add(new Button(translate("settings.theirs"), click -> {
                read = payment.settings(account.person(), campaign);
                show(read);
                said.removeAll();
            }));
        } else if (field != null) {
            field.setErrorMessage(
                    translate("payment.error." + problem.properties().get("field")));
            field.setInvalid(true);
        } else {
            said.add(note(Icon.WARNING, problem.detail(), "warn"));
        }
    }
}
