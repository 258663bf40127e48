package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import org.diptych.service.reward.ModelVersion;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** What letting the model choose has gained so far: a measurement with its interval, or what is missing for one. */
class LiftPanel extends Panel {
    LiftPanel(ModelVersion version) {
        super(translate("lift.title", version.number()));
        says(translate("lift.help"));
        switch (Lift.of(version.comparison())) {
            case Lift.Measured lift ->
                body(
                        Parts.figure(
                                translate("lift.against", lift.labels()),
                                points(lift.value()),
                                translate("lift.interval", points(lift.low()), points(lift.high()), lift.pairs())),
                        Parts.foot(translate("lift.foot", lift.subsamples())));
            case Lift.Missing lift ->
                body(Parts.text(translate("lift.missing." + lift.of(), lift.count()), "muted", "s"));
            case Lift.Unknown ignored -> body(Parts.text(translate("lift.none"), "muted", "s"));
        }
    }

    private static String points(double difference) {
        return (difference > 0 ? "+" : "") + Figures.percent(difference);
    }
}
