package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import java.util.Map;
import org.diptych.service.campaign.ManifestContents;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** How the columns of a manifest were read. */
class ColumnsPanel extends Panel {
    private static final Map<String, String> ITEM = Map.of(
            "id", "wizard.column.id",
            "instruction", "wizard.column.instruction",
            "source", "wizard.column.source",
            "category", "wizard.column.category",
            "candidates", "wizard.column.candidates",
            "known", "wizard.column.known");
    private static final Map<String, String> CANDIDATE =
            Map.of("model", "wizard.column.model", "image", "wizard.column.image", "seed", "wizard.column.seed");

    ColumnsPanel(ManifestContents contents) {
        super(translate("wizard.columns"));
        var table = new FigureTable(
                Column.words(translate("wizard.columns.name")),
                Column.words(translate("wizard.columns.as")),
                Column.figures(translate("wizard.columns.rows")));
        contents.columns().forEach((name, rows) -> row(table, name, name, rows, ITEM));
        contents.candidateColumns().forEach((name, rows) -> row(table, "candidates[]." + name, name, rows, CANDIDATE));
        wide(table);
    }

    private static void row(FigureTable table, String shown, String name, long rows, Map<String, String> meanings) {
        var meaning = meanings.get(name);
        table.row(
                written(shown, "mono"),
                text(translate(meaning == null ? "wizard.column.kept" : meaning)),
                Figures.count(rows));
    }
}
