package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.OrderedList;
import java.util.List;
import java.util.function.Consumer;

/** The steps of the wizard, which one is shown, and a way to each. */
class StepList extends Nav {
    private final OrderedList list = new OrderedList();
    private final Consumer<WizardStep> go;
    private List<Object> shown = List.of();

    StepList(Consumer<WizardStep> go) {
        this.go = go;
        getElement().setAttribute("aria-label", translate("wizard.steps"));
        list.addClassName("steps");
        add(list);
    }

    void show(WizardState state) {
        var now = List.<Object>of(state.newCampaign(), state.step(), state.locked());
        if (now.equals(shown)) {
            // a click that is on its way finds its button
            return;
        }
        shown = now;
        list.removeAll();
        int number = 1;
        for (var step : WizardStep.of(state.newCampaign())) {
            var button = new NativeButton(number++ + "  " + translate(step.key()), click -> go.accept(step));
            button.getElement().setAttribute("type", "button");
            button.setEnabled(!state.locked());
            if (step == state.step()) {
                button.getElement().setAttribute("aria-current", "step");
            }
            list.add(new ListItem(button));
        }
    }
}
