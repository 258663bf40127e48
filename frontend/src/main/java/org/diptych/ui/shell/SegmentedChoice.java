package org.diptych.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A choice among a few values that all stay in sight. One of them is always chosen. */
public class SegmentedChoice<T> extends Div {
    private final Map<T, NativeButton> buttons = new LinkedHashMap<>();
    private T value;

    /**
     * A choice.
     *
     * @param label what is chosen, for screen readers
     * @param chosen the value to start with
     * @param name how a value is written
     * @param onChange told when the person chooses another value
     * @param values the values, in order
     */
    @SafeVarargs
    public SegmentedChoice(String label, T chosen, Function<T, String> name, Consumer<T> onChange, T... values) {
        value = chosen;
        addClassName("seg");
        getElement().setAttribute("role", "group").setAttribute("aria-label", label);
        for (T each : values) {
            var button = new NativeButton(name.apply(each), click -> {
                if (!each.equals(value)) {
                    value = each;
                    mark();
                    onChange.accept(each);
                }
            });
            button.getElement().setAttribute("type", "button");
            buttons.put(each, button);
            add(button);
        }
        mark();
    }

    /** The chosen value. */
    public T value() {
        return value;
    }

    private void mark() {
        buttons.forEach(
                (each, button) -> button.getElement().setAttribute("aria-pressed", String.valueOf(each.equals(value))));
    }
}
