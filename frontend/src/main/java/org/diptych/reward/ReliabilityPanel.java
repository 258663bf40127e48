package org.diptych.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import org.diptych.chart.CalibrationPlot;
import org.diptych.shell.Panel;
import org.diptych.shell.Parts;

/** How far a version's probabilities can be believed. */
class ReliabilityPanel extends Panel {
    ReliabilityPanel(ModelVersion version) {
        super(translate("reliability.title", version.number()));
        says(translate("reliability.help"));
        var bins = ModelCardJson.of(version.card()).reliability();
        if (bins.isEmpty()) {
            body(Parts.text(translate("reliability.none"), "muted", "s"));
            return;
        }
        var plot = new CalibrationPlot(300);
        plot.show(new CalibrationPlot.Data(
                translate("reliability.help"),
                translate("reliability.x"),
                translate("reliability.y"),
                translate("reliability.count"),
                bins));
        body(plot, Parts.foot(translate("reliability.foot")));
    }
}
