package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.List;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.CampaignAgreement.DimensionAgreement;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.service.agreement.CampaignAgreement.Reading;
import org.diptych.service.agreement.CampaignAgreement.Stratum;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.Figures;

/** Alpha of every dimension in large figures, never without interval, n, Gwet's coefficient and exact agreement. */
public class AgreementHeadline extends Div {
    private final DimensionNames names;

    /** The headline of one stratum. */
    public AgreementHeadline(Stratum stratum, DimensionNames names) {
        this.names = names;
        addClassName("hero");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", getTranslation("agreement.headline"));
        List<DimensionAgreement> dimensions = stratum.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            add(dimension(dimensions.get(i), tone(dimensions.get(i), i)));
        }
    }

    private static Tone tone(DimensionAgreement agreement, int index) {
        return agreement.dimension().equals(Protocol.OVERALL) ? Tone.OVERALL : Tone.dimension(index);
    }

    private Div dimension(DimensionAgreement agreement, Tone tone) {
        var ratings = agreement.ratings();
        boolean rated = ratings != null;
        var reading = ratings != null ? ratings : agreement.verdicts();
        var dimension = new Div(new H2(names.of(agreement.dimension())));
        dimension.add(alpha(reading.alpha(), tone));
        dimension.add(text(meaning(reading, rated), "ci"));
        var figures = new DescriptionList();
        figures.add(
                new DescriptionList.Term(getTranslation(rated ? "agreement.ac2" : "agreement.ac1")),
                new DescriptionList.Description(value(reading.gwet())),
                new DescriptionList.Term(getTranslation("agreement.percent")),
                new DescriptionList.Description(percent(reading.percent())));
        if (rated) {
            figures.add(
                    new DescriptionList.Term(getTranslation("agreement.verdicts")),
                    new DescriptionList.Description(value(agreement.verdicts().alpha())));
        }
        dimension.add(figures);
        dimension.add(text(
                getTranslation(
                        rated ? "agreement.n.images" : "agreement.n.pairs",
                        Figures.count(reading.pairable()),
                        Figures.count(reading.ratings())),
                "faint",
                "xs"));
        return dimension;
    }

    private Div alpha(Figure alpha, Tone tone) {
        var value = alpha.value();
        if (value == null) {
            return box("big undefined", text(getTranslation("agreement.undefined")));
        }
        return box(
                "pair",
                text(Figures.coefficient(value), "big"),
                new MiniInterval(value, alpha.low(), alpha.high(), 0, 1, tone, intervalOf(alpha)).length(190));
    }

    private String meaning(Reading reading, boolean rated) {
        if (reading.alpha().value() == null) {
            return getTranslation(
                    reading.pairable() == 0 ? "agreement.undefined.alone" : "agreement.undefined.constant");
        }
        return getTranslation(rated ? "agreement.ordinal" : "agreement.nominal", intervalOf(reading.alpha()));
    }

    private String value(Figure figure) {
        var value = figure.value();
        return value == null ? getTranslation("agreement.undefined") : Figures.coefficient(value);
    }

    private String percent(Figure figure) {
        var value = figure.value();
        return value == null ? getTranslation("agreement.undefined") : Figures.percent(value);
    }

    private String intervalOf(Figure figure) {
        var low = figure.low();
        var high = figure.high();
        return low == null || high == null
                ? getTranslation("agreement.nointerval")
                : Figures.interval(Figures.coefficient(low), Figures.coefficient(high));
    }
}
