package org.diptych.ui.dataset;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.server.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diptych.service.account.SignedIn;
import org.diptych.service.dataset.ExportPreview;
import org.diptych.service.dataset.ExportPreviews;
import org.diptych.service.dataset.ExportWish;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first rows of an export and what it comes to. It is computed beside the page, which shows it when it has come. */
final class ExportPreviewPanel extends Panel {
    private static final Logger LOG = LoggerFactory.getLogger(ExportPreviewPanel.class);
    private static final int LONGEST_CELL = 80;

    private final transient ExportPreviews previews;
    private final Div content = new Div();
    /** Also read by whoever computes an answer. */
    private final AtomicInteger asked = new AtomicInteger();

    ExportPreviewPanel(ExportPreviews previews) {
        super(translate("export.preview"));
        this.previews = previews;
        content.getElement().setAttribute("aria-live", "polite");
        body(content);
        empty();
        addDetachListener(_ -> asked.incrementAndGet());
    }

    /** What was shown is not of what is chosen now. */
    void empty() {
        asked.incrementAndGet();
        show(text(translate("export.preview.none"), "muted"));
    }

    /** Asks for a preview; a later question makes an earlier answer worthless. */
    void ask(SignedIn who, UUID campaign, ExportWish wish, Consumer<Problem> refused) {
        int question = asked.incrementAndGet();
        show(text(translate("export.preview.wait"), "muted"));
        var ui = UI.getCurrent();
        Thread.ofVirtual().name("export-preview").start(() -> {
            Command answer;
            try {
                var preview = previews.of(who, campaign, wish, () -> question == asked.get());
                answer = () -> show(preview);
            } catch (CancellationException _) {
                return;
            } catch (Problem problem) {
                answer = () -> {
                    empty();
                    refused.accept(problem);
                };
            } catch (RuntimeException failed) {
                LOG.error("The preview of an export failed", failed);
                answer = () -> show(note(Icon.WARNING, Problem.behind(failed).detail(), "err"));
            }
            tell(ui, question, answer);
        });
    }

    private void tell(UI ui, int question, Command answer) {
        try {
            var _ = ui.access(() -> {
                if (question == asked.get()) {
                    answer.execute();
                }
            });
        } catch (UIDetachedException closed) {
            LOG.debug("The page that asked is gone", closed);
        }
    }

    private void show(Component... parts) {
        content.removeAll();
        content.add(parts);
    }

    private void show(ExportPreview preview) {
        var facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, preview, "export.preview.labels", Figures.count(preview.labels()));
        fact(facts, preview, "export.preview.tasks", Figures.count(preview.tasks()));
        fact(facts, preview, "export.preview.rows", Figures.count(preview.written()));
        fact(
                facts,
                preview,
                "export.preview.undecided",
                preview.tasks() == 0
                        ? Figures.count(0)
                        : translate(
                                "export.share",
                                Figures.count(preview.undecided()),
                                Figures.wholePercent((double) preview.undecided() / preview.tasks())));
        preview.leftOut()
                .forEach((reason, count) -> fact(facts, preview, "export.reason." + reason, Figures.count(count)));
        facts.add(
                new DescriptionList.Term(translate("export.preview.bytes")),
                new DescriptionList.Description(translate("export.about", ExportWords.bytes(preview.bytes()))));
        var parts = new ArrayList<Component>();
        parts.add(facts);
        if (preview.parts().size() > 1) {
            parts.add(split(preview));
        }
        if (preview.rows().isEmpty()) {
            parts.add(note(Icon.INFO, translate("export.preview.norows"), ""));
        } else {
            var rows = new Div(table(preview.rows()));
            parts.add(new SegmentedChoice<>(
                    translate("export.preview"),
                    "table",
                    each -> translate("export.preview." + each),
                    each -> {
                        rows.removeAll();
                        rows.add(each.equals("table") ? table(preview.rows()) : written(preview.rows()));
                    },
                    "table",
                    "written"));
            parts.add(rows);
            parts.add(foot(translate(
                    preview.estimated() ? "export.preview.sampled" : "export.preview.first",
                    Figures.count(preview.rows().size()))));
        }
        show(parts.toArray(Component[]::new));
    }

    private static void fact(DescriptionList facts, ExportPreview preview, String key, String value) {
        facts.add(
                new DescriptionList.Term(translate(key)),
                new DescriptionList.Description(preview.estimated() ? translate("export.about", value) : value));
    }

    private static Component split(ExportPreview preview) {
        var words = preview.parts().entrySet().stream()
                .map(part -> translate("export.part." + part.getKey(), Figures.count(part.getValue())))
                .collect(Collectors.joining(", "));
        return new Div(
                text(words, "num"),
                preview.sharedSources() == 0
                        ? note(Icon.CHECK, translate("export.leak.none"), "ok")
                        : note(Icon.WARNING, translate("export.leak", Figures.count(preview.sharedSources())), "err"));
    }

    private static Component table(List<JsonNode> rows) {
        var names = List.copyOf(rows.getFirst().propertyNames());
        var table =
                new FigureTable(names.stream().map(FigureTable.Column::words).toArray(FigureTable.Column[]::new));
        for (var row : rows) {
            table.row(names.stream().map(name -> cell(row.path(name))).toArray());
        }
        return table;
    }

    private static Object cell(JsonNode value) {
        var words = value.isString() ? value.asString() : value.isNull() ? "–" : value.toString();
        return words.length() <= LONGEST_CELL ? words : words.substring(0, LONGEST_CELL) + "…";
    }

    private static Component written(List<JsonNode> rows) {
        var records = new Pre(rows.stream()
                .map(row -> JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(row))
                .collect(Collectors.joining("\n")));
        records.addClassName("records");
        records.getElement().setAttribute("tabindex", "0").setAttribute("translate", "no");
        return records;
    }
}
