package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.Optional;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.Panel;

/** Under which protocol the pairs are judged, and what annotators will be asked. */
class ProtocolPart extends Div implements WizardPart {
    private final Select<String> protocol = new Select<>();
    private final Div preview = new Div();

    ProtocolPart(ProtocolService protocols, WizardState state) {
        addClassName("stack");
        protocol.setLabel(translate("export.protocol"));
        protocol.setHelperText(translate("import.protocol.help"));
        protocol.setItems(protocols.references());
        protocol.setItemLabelGenerator(
                reference -> protocols
                                .byReference(reference)
                                .protocol()
                                .title()
                                .in(getLocale().getLanguage()) + " (" + reference + ")");
        protocol.setWidthFull();
        protocol.addValueChangeListener(change -> {
            preview.removeAll();
            if (change.getValue() != null) {
                preview.add(new ProtocolPreview(
                        protocols.byReference(change.getValue()).protocol(),
                        getLocale().getLanguage()));
            }
        });
        protocol.setValue(state.choices().protocol());
        add(
                new Panel(translate(WizardStep.PROTOCOL.key())).body(protocol),
                new Panel(translate("wizard.protocol.preview"))
                        .says(translate("wizard.protocol.preview.help"))
                        .body(preview));
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        return Optional.of(new DraftChoices(
                before.step(),
                before.name(),
                before.addTo(),
                protocol.getValue(),
                before.settings(),
                before.gold(),
                before.people()));
    }

    @Override
    public boolean complain(String field, String words) {
        if (!field.equals("protocol")) {
            return false;
        }
        protocol.setErrorMessage(words);
        protocol.setInvalid(true);
        return true;
    }
}
