package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.List;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AgreementFigures.DimensionFigures;
import org.diptych.service.agreement.CampaignAgreement.Reading;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.Figures;

/** Every dimension at once: alpha in large figures, and with it what it must be read with. */
class AgreementHero extends Div {
    private final DimensionNames names;

    AgreementHero(List<DimensionFigures> dimensions, boolean ordinal, DimensionNames names) {
        this.names = names;
        addClassName("hero");
        getElement().setAttribute("role", "group").setAttribute("aria-label", getTranslation("agreement.headline"));
        for (var place = 0; place < dimensions.size(); place++) {
            add(dimension(
                    dimensions.get(place), ordinal, tone(dimensions.get(place).dimension(), place)));
        }
    }

    static Tone tone(String dimension, int place) {
        return dimension.equals(Protocol.OVERALL) ? Tone.OVERALL : Tone.dimension(place);
    }

    private Div dimension(DimensionFigures figures, boolean ordinal, Tone tone) {
        var reading = ordinal ? figures.ordinal() : figures.nominal();
        var dimension = new Div(new H2(names.of(figures.dimension())));
        var alpha = reading.alpha();
        var value = alpha.value();
        if (value == null) {
            dimension.add(box("big undefined", text(getTranslation("agreement.undefined"))));
            dimension.add(text(why(reading), "ci"));
        } else {
            var interval = Written.interval(alpha, Figures::coefficient);
            dimension.add(box(
                    "pair",
                    text(Figures.coefficient(value), "big"),
                    new MiniInterval(value, alpha.low(), alpha.high(), 0, 1, tone, interval).length(150)));
            dimension.add(text(getTranslation(ordinal ? "agreement.ordinal" : "agreement.nominal", interval), "ci"));
        }
        var list = new DescriptionList();
        term(list, ordinal ? "agreement.ac2" : "agreement.ac1", Written.coefficient(reading.gwet()));
        term(list, "agreement.percent", Written.percent(reading.percent()));
        if (ordinal) {
            term(
                    list,
                    "agreement.verdicts",
                    Written.coefficient(figures.nominal().alpha()));
        }
        list.addClassName("lines");
        dimension.add(list);
        dimension.add(text(
                getTranslation(
                        ordinal && figures.kind().equals("rating") ? "agreement.n.images" : "agreement.n.pairs",
                        Figures.count(reading.pairable()),
                        Figures.count(reading.ratings())),
                "faint",
                "xs"));
        return dimension;
    }

    /** Why there is no alpha, and what to do about it. */
    private String why(Reading reading) {
        return reading.pairable() == 0
                ? getTranslation("agreement.why.none")
                : getTranslation("agreement.why.single", Written.percent(reading.percent()));
    }

    private void term(DescriptionList list, String key, String value) {
        list.add(new DescriptionList.Term(getTranslation(key)), new DescriptionList.Description(value));
    }
}
