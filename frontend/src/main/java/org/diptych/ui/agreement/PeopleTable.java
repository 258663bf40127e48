package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.UUID;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFigures.AnnotatorFigures;
import org.diptych.service.agreement.AgreementFigures.Change;
import org.diptych.service.agreement.AgreementFigures.Sides;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** One line for each annotator, with everything that is tested of them. */
class PeopleTable extends FigureTable {
    /** More lines are no table to be read; the download of the report has all. */
    static final int MOST = 100;

    private static final double SURE = 0.05;

    PeopleTable(UUID campaign, AgreementFigures figures, AgreementAddress address) {
        super(
                Column.words(translate("annotators.name")),
                Column.figures(translate("overview.labels")),
                Column.figures(translate("agreement.shared")),
                Column.figures(translate("agreement.with")),
                Column.figures(translate("agreement.change")),
                Column.figures(translate("agreement.left")),
                Column.figures(translate("agreement.without")),
                Column.figures(translate("agreement.model")));
        figures.annotators().stream()
                .limit(MOST)
                .forEach(annotator -> row(
                        name(campaign, annotator, address),
                        Figures.count(annotator.labels()),
                        Figures.count(annotator.shared()),
                        Written.percent(annotator.agreement()),
                        change(annotator.change()),
                        sides(annotator.sides()),
                        Written.coefficient(annotator.without()),
                        Written.share(annotator.model())));
    }

    private static Component name(UUID campaign, AnnotatorFigures annotator, AgreementAddress address) {
        var person = annotator.person();
        var link = new Anchor(
                "campaigns/" + campaign + "/agreement"
                        + address.with(address.filter().by(person.name())).query(),
                written(person.displayName()));
        return new Div(link, box("sub2", written(person.name())));
    }

    private static Component change(@Nullable Change change) {
        if (change == null) {
            return text("–");
        }
        var figures = text(translate(
                "agreement.change.figures",
                Figures.wholePercent(change.earlier()),
                Figures.wholePercent(change.later())));
        return tested(figures, change.pValue());
    }

    private static Component sides(@Nullable Sides sides) {
        return sides == null ? text("–") : tested(text(Figures.percent(sides.share())), sides.pValue());
    }

    private static Component tested(Component figures, double pValue) {
        var line = new Div(figures);
        line.add(pValue < SURE ? new Div(chip(Written.p(pValue), "warn")) : box("sub2", text(Written.p(pValue))));
        return line;
    }
}
