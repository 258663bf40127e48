package org.diptych.ui.dataset;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Locale;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.Ties;

/** What a dataset of several files is made of, in words, for the address of the download. */
final class ExportOptionsForm extends Div {
    private final Select<String> split = select("split", "none", "80/10/10", "90/5/5");
    private final Select<String> consensus = select("consensus", "majority", "dawid-skene");
    private final Select<String> names = select("names", "written", "pseudonym", "none");
    private final Select<String> ties = select("ties", "keep", "drop", "split");
    private final Select<String> stratum = select("stratum", "learnt", "uniform", "acquired", "imported");
    private final Checkbox simulated = new Checkbox(getTranslation("export.simulated"));

    ExportOptionsForm(Runnable changed) {
        addClassName("form");
        add(split, consensus, ties, names, stratum, simulated);
        for (var choice : List.of(split, consensus, ties, names, stratum)) {
            choice.setWidthFull();
            choice.addValueChangeListener(_ -> changed.run());
        }
        simulated.addValueChangeListener(_ -> changed.run());
    }

    /** The choices as parameters of the download's address; a format that cannot do that with ties does as it always does. */
    String parameters(ExportFormat format) {
        return (split.getValue().equals("none") ? "" : "&split=" + split.getValue())
                + "&consensus=" + consensus.getValue()
                + "&names=" + names.getValue()
                + (format.ties().contains(Ties.valueOf(ties.getValue().toUpperCase(Locale.ROOT)))
                        ? "&ties=" + ties.getValue()
                        : "")
                + (stratum.getValue().equals("learnt") ? "" : "&filter=stratum%3D" + stratum.getValue())
                + (simulated.getValue() ? "&filter=simulated%3Dinclude" : "");
    }

    private Select<String> select(String name, String... values) {
        var select = new Select<String>();
        select.setLabel(getTranslation("export." + name));
        select.setItems(values);
        select.setItemLabelGenerator(
                value -> value.contains("/") ? value : getTranslation("export." + name + "." + value));
        select.setValue(values[0]);
        return select;
    }
}
