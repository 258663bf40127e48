package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Some names out of many; none means all. A name that is not in the list can be typed. */
final class ChosenNames extends Div {
    private final ComboBox<String> more = new ComboBox<>();
    private final Div chosen = box("row wrap");
    private final Set<String> names = new LinkedHashSet<>();
    private final Runnable changed;

    ChosenNames(String label, String all, List<String> known, Runnable changed) {
        this.changed = changed;
        more.setLabel(label);
        more.setPlaceholder(all);
        more.setItems(known);
        more.setAllowCustomValue(true);
        more.setWidthFull();
        more.addCustomValueSetListener(typed -> choose(typed.getDetail()));
        more.addValueChangeListener(picked -> {
            if (picked.getValue() != null) {
                choose(picked.getValue());
            }
        });
        add(more, chosen);
    }

    private void choose(String name) {
        more.clear();
        if (!name.isBlank() && names.add(name.strip())) {
            draw();
            changed.run();
        }
    }

    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Says what is chosen, which is no change by the person. */
    void show(Collection<String> values) {
        names.clear();
        names.addAll(values);
        draw();
    }

    private void draw() {
        chosen.removeAll();
        for (var name : names) {
            var remove = new Button(name + " ×", click -> {
                names.remove(name);
                draw();
                changed.run();
            });
            remove.addThemeNames("small");
            remove.setAriaLabel(getTranslation("export.without", name));
            chosen.add(remove);
        }
    }
}
