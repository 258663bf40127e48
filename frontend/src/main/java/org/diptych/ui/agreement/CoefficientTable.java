package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.List;
import org.diptych.service.agreement.AgreementFigures.DimensionFigures;
import org.diptych.service.agreement.CampaignAgreement.Reading;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;

/** Every coefficient of every dimension with its interval and its n. */
class CoefficientTable extends FigureTable {
    CoefficientTable(List<DimensionFigures> dimensions, DimensionNames names) {
        super(
                Column.words(translate("agreement.dimension")),
                Column.words(translate("agreement.answers")),
                Column.figures(translate("agreement.alpha")),
                Column.figures(translate("agreement.gwet")),
                Column.figures(translate("agreement.percent")),
                Column.figures(translate("agreement.pairable")),
                Column.figures(translate("agreement.ratings")));
        for (var dimension : dimensions) {
            var name = names.of(dimension.dimension());
            add(name, "agreement.kind." + dimension.kind(), dimension.ordinal());
            add(name, "agreement.kind.verdict", dimension.nominal());
        }
    }

    private void add(String name, String kind, Reading reading) {
        row(
                name,
                translate(kind),
                Written.coefficient(reading.alpha()),
                Written.coefficient(reading.gwet()),
                Written.percent(reading.percent()),
                Figures.count(reading.pairable()),
                Figures.count(reading.ratings()));
    }
}
