package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.foot;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import org.diptych.service.dataset.DatasetExport;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** An export that waits or is being written: how far it is, and a way to stop it. */
final class LiveExport extends Panel {
    private final Button cancel;
    private final Div progress = new Div();

    LiveExport(DatasetExport export, Button cancel) {
        super(ExportWords.title(export));
        this.cancel = cancel;
        end(cancel);
        body(progress, foot(ExportWords.options(export.wish())));
        show(export);
    }

    void show(DatasetExport export) {
        cancel.setEnabled(!export.cancelRequested());
        var share = export.progress();
        progress.removeAll();
        progress.add(
                bar(ExportWords.title(export), share == null ? 0 : share),
                foot(
                        export.state() == DatasetExport.State.QUEUED
                                ? getTranslation("export.waits")
                                : getTranslation(
                                        "export.runs",
                                        share == null ? "…" : Figures.wholePercent(share),
                                        Figures.count(export.rowsRead()))));
    }
}
