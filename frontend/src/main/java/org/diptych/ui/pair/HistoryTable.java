package org.diptych.ui.pair;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.text;

import org.diptych.service.pair.Pair;
import org.diptych.service.pair.PairEvent;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;

/** What happened to a pair beside its answers, the latest first. */
class HistoryTable extends FigureTable {
    HistoryTable(Pair pair) {
        super(Column.words(translate("pair.when")), Column.words(translate("pair.what")));
        pair.history().forEach(event -> row(text(Figures.moment(event.at()), "muted", "nowrap"), text(written(event))));
    }

    private static String written(PairEvent event) {
        var probability = event.probability();
        var model = event.model();
        return switch (event.what()) {
            case "chosen" ->
                translate(
                        "pair.event.chosen",
                        String.valueOf(event.by()),
                        model == null ? "–" : translate("models.version", model),
                        probability == null ? "–" : Figures.probability(probability));
            case "taken_out",
                    "put_back",
                    "pinned",
                    "unpinned",
                    "vetoed",
                    "allowed",
                    "revealed",
                    "adjudicated",
                    "requested" -> translate("pair.event." + event.what(), String.valueOf(event.by()));
            case "withdrawn" -> translate("pair.event.withdrawn." + event.by());
            default -> translate("pair.event.imported");
        };
    }
}
