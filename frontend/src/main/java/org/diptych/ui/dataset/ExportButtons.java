package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.UUID;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.ui.shell.Icon;

/** A button for each plain file and for Parquet; the export page has all formats. The browser downloads from the interface that programs use, streamed. */
public class ExportButtons extends Div {
    /** The buttons of a campaign. */
    public ExportButtons(UUID campaign) {
        addClassNames("row", "wrap");
        for (var format : ExportFormat.values()) {
            if (format.isFolder() && format != ExportFormat.PARQUET) {
                continue;
            }
            add(button(campaign, format, "", getTranslation("export." + format.word())));
        }
    }

    static Anchor button(UUID campaign, ExportFormat format, String parameters, String label) {
        var button = new Anchor(
                "api/v1/campaigns/" + campaign + "/export?format=" + format.word() + parameters,
                Icon.EXPORT.draw(),
                text(label));
        button.addClassName("button");
        button.getElement().setAttribute("download", format.fileName()).setAttribute("router-ignore", true);
        return button;
    }
}
