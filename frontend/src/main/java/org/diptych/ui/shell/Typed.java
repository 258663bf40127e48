package org.diptych.ui.shell;

import com.vaadin.flow.component.textfield.AbstractNumberField;

/** What stands in a field of a form. */
public final class Typed {
    private Typed() {}

    /**
     * Whether something stands in the field that is not such a number. The field's value is null then, as where nothing stands
     * in it: where nothing means "off", a slip of the keys must not switch anything off.
     */
    public static <T extends Number> boolean unreadable(AbstractNumberField<?, T> field) {
        return field.getDefaultValidator().apply(field.getValue(), null).isError();
    }
}
