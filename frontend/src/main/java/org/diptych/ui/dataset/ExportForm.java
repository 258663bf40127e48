package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportWish;
import org.diptych.service.dataset.Ties;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** What is to be exported and how. What somebody chose stays, whatever is wrong with it. */
final class ExportForm extends Div {
    private final FormatChoice format;
    private final LabelFilterForm filter;
    private final Panel labels = new Panel(getTranslation("export.labels"));
    private final TextField split = new TextField(getTranslation("export.split"));
    private final Select<String> consensus = select("consensus", "majority", "dawid-skene");
    private final Select<String> names = select("names", "written", "pseudonym", "none");
    private final Select<String> ties = select("ties", "keep", "drop", "split");
    private final TextField licence = new TextField(getTranslation("export.licence"));
    private final Div trouble = new Div();
    private final Map<String, HasValidation> fields =
            Map.of("split", split, "consensus", consensus, "names", names, "ties", ties, "licence", licence);

    /**
     * The form.
     *
     * @param obstacle why a format is impossible, or null
     * @param changed is called when something else is chosen
     */
    ExportForm(
            Function<ExportFormat, @Nullable String> obstacle,
            List<String> versions,
            List<String> people,
            List<String> makers,
            Runnable changed) {
        addClassName("stack");
        filter = new LabelFilterForm(versions, people, makers, changed);
        format = new FormatChoice(obstacle, picked -> {
            filter.take(picked);
            adapt(picked);
            changed.run();
        });
        split.setPlaceholder(getTranslation("export.split.none"));
        split.setHelperText(getTranslation("export.split.help"));
        split.setClearButtonVisible(true);
        split.setMaxLength(20);
        licence.setPlaceholder("CC-BY-4.0");
        licence.setHelperText(getTranslation("export.licence.help"));
        licence.setMaxLength(80);
        for (var field : List.of(split, licence)) {
            field.setWidthFull();
            field.addValueChangeListener(_ -> changed.run());
        }
        for (var choice : List.of(consensus, names, ties)) {
            choice.setWidthFull();
            choice.addValueChangeListener(_ -> changed.run());
        }
        labels.body(filter);
        trouble.getElement().setAttribute("role", "alert");
        add(
                new Panel(getTranslation("export.format")).body(format),
                labels,
                new Panel(getTranslation("export.answers")).body(box("form", consensus, ties, names, licence)),
                new Panel(getTranslation("export.split"))
                        .says(getTranslation("export.split.how"))
                        .body(split),
                trouble);
        show(new ExportWish(ExportFormat.JSONL.word(), List.of(), null, null, null, null, null));
    }

    /** What is wanted; what a format has no use for is left out of it. */
    ExportWish wish() {
        var wanted = format.chosen();
        boolean folder = wanted.isFolder();
        return new ExportWish(
                wanted.word(),
                filter.words(wanted),
                split.isEmpty() || !wanted.hasParts() ? null : split.getValue().strip(),
                folder && !consensus.getValue().equals("majority") ? consensus.getValue() : null,
                wanted != ExportFormat.REPLAY && !names.getValue().equals("written") ? names.getValue() : null,
                has(wanted, ties.getValue()) && !ties.getValue().equals("keep") ? ties.getValue() : null,
                folder && !licence.isEmpty() ? licence.getValue().strip() : null);
    }

    /** Whether something is wrong that the server need not be asked for. */
    boolean complains() {
        trouble.removeAll();
        fields.values().forEach(field -> field.setInvalid(false));
        return filter.complains(format.chosen());
    }

    /** Says what the server found wrong, at its field. */
    void refuse(Problem problem) {
        var name = String.valueOf(problem.properties().get("field"));
        var field = fields.get(name);
        if (field != null) {
            field.setErrorMessage(problem.detail());
            field.setInvalid(true);
        } else if (name.equals("filter")) {
            filter.refuse(problem.detail());
        } else {
            trouble.add(note(Icon.WARNING, problem.detail(), "err"));
        }
    }

    /** Shows what was wanted; words that mean nothing are left out. */
    void show(ExportWish wish) {
        ExportFormat wanted;
        try {
            wanted = ExportFormat.of(wish.format());
        } catch (Problem unknown) {
            wanted = ExportFormat.JSONL;
        }
        format.show(wanted);
        filter.take(wanted);
        adapt(wanted);
        try {
            filter.show(wanted.filter().with(wish.filter()));
        } catch (Problem unreadable) {
            filter.show(wanted.filter());
            filter.refuse(unreadable.detail());
        }
        split.setValue(Objects.requireNonNullElse(wish.split(), ""));
        licence.setValue(Objects.requireNonNullElse(wish.licence(), ""));
        choose(consensus, wish.consensus(), "majority", "dawid-skene");
        choose(names, wish.names(), "written", "pseudonym", "none");
        choose(ties, wish.ties(), "keep", "drop", "split");
    }

    private static void choose(Select<String> select, @Nullable String value, String... values) {
        select.setValue(value != null && List.of(values).contains(value) ? value : values[0]);
    }

    /** What a format has no use for cannot be chosen, and stays as it was. */
    private void adapt(ExportFormat wanted) {
        labels.setVisible(wanted != ExportFormat.REPLAY);
        split.setEnabled(wanted.hasParts());
        consensus.setEnabled(wanted.isFolder());
        licence.setEnabled(wanted.isFolder());
        names.setEnabled(wanted != ExportFormat.REPLAY);
        ties.setEnabled(wanted.ties().size() > 1);
        ties.setItemEnabledProvider(value -> has(wanted, value));
    }

    private static boolean has(ExportFormat format, String ties) {
        return format.ties().contains(Ties.valueOf(ties.toUpperCase(Locale.ROOT)));
    }

    private Select<String> select(String name, String... values) {
        var select = new Select<String>();
        select.setLabel(getTranslation("export." + name));
        select.setItems(values);
        select.setItemLabelGenerator(value -> getTranslation("export." + name + "." + value));
        select.setValue(values[0]);
        return select;
    }
}
