package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelInquiry;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.VersionComparison;
import org.diptych.service.reward.VersionComparison.Part;
import org.diptych.service.reward.VersionComparisons;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** Two versions of the lead's choice, compared pair by pair. */
class ComparePanel extends Panel {
    private final transient VersionComparisons comparisons;
    private final CurrentAccount account;
    private final UUID campaign;
    private final transient DimensionNames names;
    private final Select<Integer> first = new Select<>();
    private final Select<Integer> second = new Select<>();
    private final Button compare = new Button(getTranslation("compare.do"), click -> ask());
    private final Div seen = box("stack");
    private @Nullable UUID asked;
    private ModelInquiry.@Nullable State state;

    ComparePanel(VersionComparisons comparisons, CurrentAccount account, UUID campaign, DimensionNames names) {
        super(translate("compare.title"));
        says(translate("compare.help"));
        this.comparisons = comparisons;
        this.account = account;
        this.campaign = campaign;
        this.names = names;
        addClassName("gap");
        seen.getElement().setAttribute("aria-live", "polite");
        first.setLabel(getTranslation("compare.first"));
        second.setLabel(getTranslation("compare.second"));
        first.setItemLabelGenerator(number -> getTranslation("models.version", number));
        second.setItemLabelGenerator(number -> getTranslation("models.version", number));
        body(box("stack", choice(), seen));
    }

    private Div choice() {
        var row = box("row wrap", first, second, compare);
        // the button stands beside the fields, below their labels
        row.getStyle().set("align-items", "flex-end");
        return row;
    }

    /** Takes the versions that can be compared; what is chosen stays. */
    void offer(List<ModelVersion> versions) {
        setVisible(versions.size() > 1);
        if (versions.size() < 2) {
            return;
        }
        var numbers = versions.stream().map(ModelVersion::number).toList();
        var before = first.getValue();
        var after = second.getValue();
        first.setItems(numbers);
        second.setItems(numbers);
        first.setValue(numbers.contains(before) ? before : numbers.get(1));
        second.setValue(numbers.contains(after) ? after : numbers.getFirst());
    }

    private void ask() {
        seen.removeAll();
        try {
            asked = comparisons.ask(
                    account.person(), campaign, new VersionComparison.Question(first.getValue(), second.getValue()));
            state = null;
            refresh();
        } catch (Problem problem) {
            asked = null;
            seen.add(note(Icon.WARNING, problem.detail(), "warn"));
        }
    }

    /** Reads how far the comparison is. */
    void refresh() {
        var id = asked;
        if (id == null || (state != null && !state.live())) {
            return;
        }
        VersionComparisons.Compared now;
        try {
            now = comparisons.find(account.person(), campaign, id);
        } catch (Problem problem) {
            asked = null;
            seen.removeAll();
            return;
        }
        if (now.state() == state) {
            return;
        }
        state = now.state();
        seen.removeAll();
        switch (now.state()) {
            case QUEUED, RUNNING -> {
                var cancel = new Button(getTranslation("inquiry.cancel"), click -> {
                    comparisons.cancel(account.person(), campaign, id);
                    refresh();
                });
                cancel.addThemeNames("small");
                var key = now.state() == ModelInquiry.State.QUEUED ? "inquiry.queued" : "compare.running";
                seen.add(box("row", text(getTranslation(key), "muted", "s"), cancel));
            }
            case FAILED ->
                seen.add(note(Icon.WARNING, getTranslation("compare.failed", String.valueOf(now.message())), "warn"));
            case CANCELLED -> {}
            case DONE -> {
                var result = now.result();
                if (result != null) {
                    draw(result);
                }
            }
        }
    }

    private void draw(VersionComparison result) {
        seen.add(text(getTranslation(
                "compare.pairs",
                Figures.count(result.pairs()),
                Figures.count(result.uniformPairs()),
                result.snapshot().substring(0, 12),
                Figures.count(result.firstOnly()),
                Figures.count(result.secondOnly()))));
        var table = new FigureTable(
                Column.words(getTranslation("compare.of")),
                Column.words(getTranslation("compare.ties")),
                Column.figures(getTranslation("compare.n")),
                Column.figures(getTranslation("compare.images")),
                Column.figures(getTranslation("models.version", result.first())),
                Column.figures(getTranslation("models.version", result.second())),
                Column.figures(getTranslation("compare.difference")),
                Column.words(getTranslation("chart.interval")));
        for (var row : result.rows()) {
            table.row(
                    name(row),
                    text(getTranslation(row.ties() ? "compare.with" : "compare.without"), "muted"),
                    Figures.count(row.pairs()),
                    Figures.count(row.images()),
                    share(row.firstAccuracy()),
                    share(row.secondAccuracy()),
                    row.difference() == null ? "–" : PromotionPanel.points(row.difference()),
                    text(interval(row), "nowrap"));
        }
        seen.add(table, foot(getTranslation("compare.foot")));
    }

    private Component name(VersionComparison.Row row) {
        var name = row.name();
        if (row.part() == Part.OVERALL) {
            return text(getTranslation("compare.overall"), "strong");
        }
        return name == null
                ? text(getTranslation("compare.uncategorized"), "muted")
                : new Div(
                        written(row.part() == Part.DIMENSION ? title(name) : name),
                        box(
                                "sub2",
                                text(getTranslation(
                                        "compare.part." + row.part().name().toLowerCase(Locale.ROOT)))));
    }

    /** A dimension that the protocol has lost since is called by its key. */
    private String title(String dimension) {
        return names.protocol().dimension(dimension).isPresent() ? names.of(dimension) : dimension;
    }

    private String interval(VersionComparison.Row row) {
        var low = row.low();
        var high = row.high();
        if (low == null || high == null) {
            return getTranslation("compare.toofew");
        }
        var written = Figures.interval(PromotionPanel.points(low), PromotionPanel.points(high));
        return low > 0 || high < 0 ? written + " *" : written;
    }

    private static String share(@Nullable Double accuracy) {
        return accuracy == null ? "–" : Figures.percent(accuracy);
    }
}
