package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.dom.Element;
import java.util.List;
import java.util.UUID;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.campaign.ImportWarning;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** What an import did or would do: counts, and every problem with its line and field. */
class ImportReportPanel extends Panel {
    private static final int ALL_SHOWN = 12;

    /** @param draft whose problems can be downloaded */
    ImportReportPanel(ImportReport report, UUID draft) {
        super(translate(report.dryRun() ? "import.report.check" : "import.report"));
        end(text(
                translate(
                        "import.report.counts",
                        Figures.count(report.items()),
                        Figures.count(report.candidates()),
                        Figures.count(report.pairs())),
                "s",
                "num"));
        if (report.rejected() > 0 || report.warned() > 0) {
            end(download(draft));
        }
        var counts = box(
                "row wrap s",
                count("ok", report.items(), report.dryRun() ? "import.ready" : "import.taken"),
                count("", report.unchanged(), "import.unchanged"),
                count("err", report.rejected(), "import.rejected"));
        if (report.warned() > 0) {
            counts.add(count("warn", report.warned(), "import.warned"));
        }
        counts.getStyle().set("gap", "22px").set("margin", "10px 0 4px");
        body(split(report), counts);
        if (report.refused()) {
            var refused = note(Icon.WARNING, translate("import.refused"), "err");
            refused.getStyle().set("margin", "0 16px 14px");
            add(refused);
        }
        if (!report.problems().isEmpty()) {
            wide(filtered(
                    "import.problem",
                    report.problems().stream()
                            .map(problem -> new Remark(problem.line(), problem.field(), problem.message()))
                            .toList()));
        }
        if (!report.warnings().isEmpty()) {
            wide(filtered(
                    "import.warning",
                    report.warnings().stream()
                            .map(warning -> new Remark(warning.line(), warning.field(), words(warning)))
                            .toList()));
        }
    }

    /** Something to say about a row. */
    private record Remark(int line, String field, String words) {}

    private static String words(ImportWarning warning) {
        return translate(
                switch (warning.code()) {
                    case SAME_PICTURE -> "import.warning.picture";
                    case EDIT_IS_SOURCE -> "import.warning.source";
                    case SAME_MODEL -> "import.warning.model";
                    case SAME_TASK_AS_LINE -> "import.warning.line";
                    case SAME_TASK_AS_ITEM -> "import.warning.item";
                },
                warning.about().toArray());
    }

    private static Div split(ImportReport report) {
        var split = box("split");
        split.getElement()
                .setAttribute("role", "img")
                .setAttribute(
                        "aria-label",
                        translate(
                                "import.split",
                                Figures.count(report.items()),
                                Figures.count(report.unchanged()),
                                Figures.count(report.rejected())));
        part(split, report.items(), "ok");
        part(split, report.unchanged(), "s0");
        part(split, report.rejected(), "err");
        return split;
    }

    private static void part(Div split, long rows, String token) {
        if (rows > 0) {
            split.getElement()
                    .appendChild(new Element("i")
                            .setAttribute("style", "flex:" + rows + ";background:var(--" + token + ")"));
        }
    }

    private static Div count(String kind, long rows, String key) {
        var dot = new Span();
        dot.addClassName("dot");
        if (!kind.isEmpty()) {
            dot.addClassName(kind);
        }
        return box("row", dot, text(Figures.count(rows), "strong", "num"), text(translate(key)));
    }

    private static Anchor download(UUID draft) {
        var download = new Anchor(
                "api/v1/campaigns/drafts/" + draft + "/problems.csv",
                Icon.EXPORT.draw(),
                text(translate("import.problems.download")));
        download.addClassNames("button", "small");
        download.getElement().setAttribute("download", "problems.csv").setAttribute("router-ignore", true);
        return download;
    }

    /** Remarks of many kinds, of which one kind at a time can be looked at. */
    private static Div filtered(String heading, List<Remark> remarks) {
        var kinds = remarks.stream()
                .map(ImportReportPanel::kind)
                .distinct()
                .sorted()
                .toList();
        var grid = remarks(heading, remarks);
        if (kinds.size() < 2) {
            return new Div(grid);
        }
        var kind = new Select<String>();
        kind.setAriaLabel(translate("import.problems.kind"));
        kind.setEmptySelectionAllowed(true);
        kind.setEmptySelectionCaption(translate("import.problems.all"));
        kind.setItems(kinds);
        kind.setItemLabelGenerator(each -> each == null
                ? translate("import.problems.all")
                : each.isEmpty() ? translate("import.problems.row") : each);
        kind.addValueChangeListener(change -> grid.setItems(remarks.stream()
                .filter(remark -> change.getValue() == null || kind(remark).equals(change.getValue()))
                .toList()));
        var choice = box("row", kind);
        choice.getStyle().set("padding", "0 16px 8px");
        return new Div(choice, grid);
    }

    /** The field, whichever candidate it is of. */
    private static String kind(Remark remark) {
        return remark.field().replaceAll("\\[\\d+]", "[]");
    }

    private static Grid<Remark> remarks(String heading, List<Remark> remarks) {
        var grid = new Grid<Remark>(Remark.class, false);
        grid.addThemeNames("no-border");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(remark -> Figures.count(remark.line()))
                .setHeader(translate("import.line"))
                .setWidth("76px")
                .setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(LitRenderer.<Remark>of(Parts.writtenCell("field", "mono"))
                        .withProperty("field", Remark::field))
                .setHeader(translate("import.field"))
                .setWidth("190px")
                .setFlexGrow(0);
        grid.addColumn(LitRenderer.<Remark>of(Parts.writtenCell("message", ""))
                        .withProperty("message", remark -> Parts.lines(remark.words())))
                .setHeader(translate(heading));
        grid.setItems(remarks);
        if (remarks.size() <= ALL_SHOWN) {
            grid.setAllRowsVisible(true);
        } else {
            grid.setHeight("460px");
        }
        return grid;
    }
}
