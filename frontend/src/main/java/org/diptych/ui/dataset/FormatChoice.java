package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.ui.shell.Icon;
import org.jspecify.annotations.Nullable;

/** The formats, with what each holds. What cannot be made of this campaign says why and cannot be chosen. */
final class FormatChoice extends Div {
    private final Map<ExportFormat, Element> inputs = new EnumMap<>(ExportFormat.class);
    private ExportFormat chosen = ExportFormat.JSONL;

    /**
     * The choice.
     *
     * @param obstacle why a format is impossible, or null
     */
    FormatChoice(Function<ExportFormat, @Nullable String> obstacle, Consumer<ExportFormat> changed) {
        addClassName("opts");
        getElement().setAttribute("role", "radiogroup").setAttribute("aria-label", getTranslation("export.format"));
        for (var format : ExportFormat.values()) {
            getElement().appendChild(option(format, obstacle.apply(format), changed));
        }
    }

    private Element option(ExportFormat format, @Nullable String obstacle, Consumer<ExportFormat> changed) {
        var input = new Element("input")
                .setAttribute("type", "radio")
                .setAttribute("name", "format")
                .setAttribute("value", format.word());
        if (obstacle != null) {
            input.setAttribute("disabled", true);
        }
        input.addEventListener("change", picked -> {
            chosen = format;
            changed.accept(format);
        });
        inputs.put(format, input);
        var words = new Element("span")
                .appendChild(
                        new Element("b").setText(getTranslation("export." + format.word())),
                        new Element("p").setText(getTranslation("export." + format.word() + ".help")));
        if (obstacle != null) {
            words.appendChild(note(Icon.INFO, obstacle, "").getElement());
        }
        return new Element("label").setAttribute("class", "opt").appendChild(input, words);
    }

    ExportFormat chosen() {
        return chosen;
    }

    /** Says what is chosen, which is no change by the person. */
    void show(ExportFormat format) {
        chosen = format;
        inputs.forEach((each, input) -> input.setProperty("checked", each == format));
    }
}
