package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.campaign.LateLabels;
import org.diptych.ui.shell.Typed;

/** All settings of a campaign, each with what it does. What is typed stays until it is replaced. */
public class SettingsForm extends Div {
    private static final List<String> ALL = List.of(
            "uniformShare",
            "uniformLabels",
            "acquiredLabels",
            "mostLabels",
            "leaseSeconds",
            "prefetch",
            "lateLabels",
            "retrainEvery",
            "retrainHours",
            "acquisitionBatch",
            "acquisitionPolicy");

    private final Map<String, HasValidation> fields = new LinkedHashMap<>();
    private final NumberField uniformShare = named("uniformShare", new NumberField());
    private final IntegerField uniformLabels = named("uniformLabels", new IntegerField());
    private final IntegerField acquiredLabels = named("acquiredLabels", new IntegerField());
    private final IntegerField mostLabels = named("mostLabels", new IntegerField());
    private final IntegerField leaseSeconds = named("leaseSeconds", new IntegerField());
    private final IntegerField prefetch = named("prefetch", new IntegerField());
    private final Select<LateLabels> lateLabels = new Select<>();
    private final IntegerField retrainEvery = named("retrainEvery", new IntegerField());
    private final IntegerField retrainHours = named("retrainHours", new IntegerField());
    private final IntegerField acquisitionBatch = named("acquisitionBatch", new IntegerField());
    private final Select<String> acquisitionPolicy = new Select<>();

    SettingsForm(List<String> policies) {
        this(policies, ALL);
    }

    /**
     * Some of the settings.
     *
     * @param policies names of the policies that there are
     * @param shown the settings that are shown, in their order; the others stay as {@link #show} was given them
     */
    public SettingsForm(List<String> policies, List<String> shown) {
        lateLabels.setItems(LateLabels.values());
        lateLabels.setItemLabelGenerator(
                each -> translate("settings.lateLabels." + each.name().toLowerCase(Locale.ROOT)));
        lateLabels.setLabel(translate("settings.lateLabels"));
        lateLabels.setHelperText(translate("settings.lateLabels.help"));
        acquisitionPolicy.setItems(policies);
        acquisitionPolicy.setLabel(translate("settings.acquisitionPolicy"));
        acquisitionPolicy.setHelperText(translate("settings.acquisitionPolicy.help"));
        fields.put("acquisitionPolicy", acquisitionPolicy);
        uniformShare.setStep(0.01);
        fields.put("lateLabels", lateLabels);
        add(box(
                "form",
                shown.stream()
                        .map(name -> (Component) Objects.requireNonNull(fields.get(name)))
                        .toArray(Component[]::new)));
    }

    private <T extends HasValidation> T named(String name, T field) {
        if (field instanceof NumberField number) {
            number.setLabel(translate("settings." + name));
            number.setHelperText(translate("settings." + name + ".help"));
            // what is wrong is said when it is saved, and stays said until then
            number.setManualValidation(true);
        } else if (field instanceof IntegerField number) {
            number.setLabel(translate("settings." + name));
            number.setHelperText(translate("settings." + name + ".help"));
            number.setStepButtonsVisible(true);
            number.setManualValidation(true);
        }
        fields.put(name, field);
        return field;
    }

    /** Puts settings into the fields. */
    public void show(CampaignSettings settings) {
        clearErrors();
        uniformShare.setValue(settings.uniformShare());
        uniformLabels.setValue(settings.uniformLabels());
        acquiredLabels.setValue(settings.acquiredLabels());
        mostLabels.setValue(settings.mostLabels());
        leaseSeconds.setValue(settings.leaseSeconds());
        prefetch.setValue(settings.prefetch());
        lateLabels.setValue(settings.lateLabels());
        retrainEvery.setValue(settings.retrainEvery());
        retrainHours.setValue(settings.retrainHours());
        acquisitionBatch.setValue(settings.acquisitionBatch());
        acquisitionPolicy.setValue(settings.acquisitionPolicy());
    }

    /** What was typed; nothing when a number is missing, and its field says so. */
    public Optional<CampaignSettings> typed() {
        clearErrors();
        boolean complete = true;
        for (var field : fields.entrySet()) {
            var value = ((HasValue<?, ?>) field.getValue()).getValue();
            if (value == null && (field.getValue() != retrainHours || Typed.unreadable(retrainHours))) {
                complain(field.getKey());
                complete = false;
            }
        }
        return complete
                ? Optional.of(new CampaignSettings(
                        Objects.requireNonNull(uniformShare.getValue()),
                        whole(uniformLabels),
                        whole(acquiredLabels),
                        whole(mostLabels),
                        whole(leaseSeconds),
                        whole(prefetch),
                        lateLabels.getValue(),
                        whole(retrainEvery),
                        retrainHours.getValue(),
                        whole(acquisitionBatch),
                        acquisitionPolicy.getValue()))
                : Optional.empty();
    }

    private static int whole(IntegerField field) {
        return Objects.requireNonNull(field.getValue());
    }

    /** Says at a field what may stand in it. */
    public boolean complain(String name) {
        var field = fields.get(name);
        if (field == null) {
            return false;
        }
        field.setErrorMessage(translate("settings." + name + ".error"));
        field.setInvalid(true);
        return true;
    }

    private void clearErrors() {
        fields.values().forEach(field -> field.setInvalid(false));
    }
}
