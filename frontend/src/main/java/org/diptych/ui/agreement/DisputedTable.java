package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.agreement.AgreementFigures.Disputed;
import org.diptych.service.pair.PairSearch.Found;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.PairThumbnails;

/** Pairs that divide annotators, each a way to the pair itself. Who said what stands there, behind what is recorded. */
class DisputedTable extends FigureTable {
    DisputedTable(UUID campaign, List<Disputed> disputed, List<Found> pairs) {
        super(
                Column.words(translate("queue.column.pair")),
                Column.words(translate("queue.column.instruction")),
                Column.words(translate("agreement.answers")),
                Column.figures(translate("agreement.disagreement")),
                Column.figures(translate("agreement.model.first")));
        Map<UUID, Found> found = pairs.stream().collect(Collectors.toMap(Found::id, pair -> pair));
        for (var dispute : disputed) {
            var pair = found.get(dispute.pair());
            if (pair != null) {
                var first = dispute.modelFirst();
                row(
                        PairThumbnails.of(campaign, pair.id(), pair.item(), pair.first(), pair.source(), pair.second()),
                        new Div(
                                new Anchor(
                                        "campaigns/" + campaign + "/pairs/" + pair.id(),
                                        written(pair.instruction(), "clipped")),
                                box("sub2", written(pair.category() == null ? "" : pair.category()))),
                        answers(dispute),
                        Figures.wholePercent(dispute.disagreement()),
                        first == null ? "–" : Figures.decimals(first, 2));
            }
        }
    }

    private static Component answers(Disputed dispute) {
        return text(dispute.answers().stream()
                .map(answer ->
                        translate("agreement.times", Written.answer(answer.answer()), Figures.count(answer.times())))
                .collect(Collectors.joining(", ")));
    }
}
