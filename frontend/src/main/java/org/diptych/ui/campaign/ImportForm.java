package org.diptych.ui.campaign;

import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.protocol.ProtocolService;

/** What the importer is told besides the archive. */
class ImportForm extends Div {
    private static final String AS_IT_IS = "";
    private static final int MOST_LABELS = 5;
    private static final int AUTOMATIC = 0;

    private final TextField name = new TextField(getTranslation("import.name"));
    private final Select<String> protocol = new Select<>();
    private final Select<Integer> labels = new Select<>();
    private final Checkbox strict = new Checkbox(getTranslation("import.strict"));

    ImportForm(ProtocolService protocols) {
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(120);
        name.setHelperText(getTranslation("import.name.help"));
        name.setValueChangeMode(ValueChangeMode.EAGER);
        protocol.setLabel(getTranslation("export.protocol"));
        protocol.setHelperText(getTranslation("import.protocol.help"));
        var references = new ArrayList<>(protocols.references());
        references.addFirst(AS_IT_IS);
        protocol.setItems(references);
        protocol.setItemLabelGenerator(reference -> reference.isEmpty()
                ? getTranslation("import.protocol.usual")
                : protocols
                                .byReference(reference)
                                .protocol()
                                .title()
                                .in(getLocale().getLanguage()) + " (" + reference + ")");
        protocol.setValue(AS_IT_IS);
        labels.setLabel(getTranslation("import.labels"));
        labels.setHelperText(getTranslation("import.labels.help"));
        labels.setItems(IntStream.rangeClosed(AUTOMATIC, MOST_LABELS).boxed().toList());
        labels.setItemLabelGenerator(count -> count == AUTOMATIC
                ? getTranslation("import.labels.usual")
                : getTranslation("import.labels.count", count));
        labels.setValue(AUTOMATIC);
        add(box("form", name, protocol, labels), strict);
        strict.getStyle().set("margin-top", "12px");
    }

    void name(String wanted) {
        name.setValue(wanted);
    }

    /** Whether there is a name; if not, the field says so. */
    boolean complete() {
        boolean complete = !name.getValue().isBlank();
        name.setErrorMessage(getTranslation("import.name.missing"));
        name.setInvalid(!complete);
        return complete;
    }

    ImportRequest request(boolean dryRun) {
        return new ImportRequest(
                name.getValue().strip(),
                protocol.getValue().isEmpty() ? null : protocol.getValue(),
                labels.getValue() == AUTOMATIC ? null : labels.getValue(),
                dryRun,
                strict.getValue());
    }
}
