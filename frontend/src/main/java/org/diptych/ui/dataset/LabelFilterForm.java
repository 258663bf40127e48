package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.LabelFilter;
import org.jspecify.annotations.Nullable;

/** Which labels: every filter that there is. It says only what differs from what the format takes anyway. */
final class LabelFilterForm extends Div {
    private static final List<String> MARKS = List.of("simulated", "extra", "superseded", "taken-out", "excluded");

    private final Map<String, Checkbox> strata = new LinkedHashMap<>();
    private final Map<String, Checkbox> marks = new LinkedHashMap<>();
    private final ChosenNames protocols;
    private final ChosenNames annotators;
    private final ChosenNames models;
    private final DatePicker from = day("from");
    private final DatePicker to = day("to");
    private final Div error = new Div();
    /** What the format before took unless somebody says otherwise. */
    private transient LabelFilter former = LabelFilter.DEFAULT;

    LabelFilterForm(List<String> versions, List<String> people, List<String> makers, Runnable changed) {
        addClassName("stack");
        var all = getTranslation("export.filter.all");
        protocols = new ChosenNames(getTranslation("export.filter.protocol"), all, versions, changed);
        annotators = new ChosenNames(getTranslation("export.filter.annotator"), all, people, changed);
        models = new ChosenNames(getTranslation("export.filter.model"), all, makers, changed);
        var drawn = box("row wrap");
        drawn.getElement().setAttribute("role", "group").setAttribute("aria-label", getTranslation("export.stratum"));
        for (var stratum : LabelFilter.ALL_STRATA) {
            drawn.add(checkbox(strata, stratum, "stratum." + stratum, changed));
        }
        var others = box("row wrap");
        others.getElement()
                .setAttribute("role", "group")
                .setAttribute("aria-label", getTranslation("export.filter.too"));
        for (var mark : MARKS) {
            others.add(checkbox(marks, mark, "export.filter." + mark, changed));
        }
        from.addValueChangeListener(_ -> changed.run());
        to.addValueChangeListener(_ -> changed.run());
        error.addClassName("err");
        error.getElement().setAttribute("role", "alert");
        add(
                new Div(text(getTranslation("export.stratum"), "muted", "s"), drawn),
                box("form", protocols, annotators, models, from, to),
                new Div(text(getTranslation("export.filter.too"), "muted", "s"), others),
                error);
    }

    private Checkbox checkbox(Map<String, Checkbox> group, String word, String key, Runnable changed) {
        var box = new Checkbox(getTranslation(key));
        box.addValueChangeListener(picked -> {
            if (picked.isFromClient()) {
                changed.run();
            }
        });
        group.put(word, box);
        return box;
    }

    private DatePicker day(String name) {
        var day = new DatePicker(getTranslation("export.filter." + name));
        day.setClearButtonVisible(true);
        day.setWidthFull();
        return day;
    }

    /** What is chosen, in the words of the interface. */
    List<String> words(ExportFormat format) {
        var words = new ArrayList<String>();
        if (format == ExportFormat.REPLAY) {
            return words;
        }
        var usual = format.filter();
        var chosen = strata.keySet().stream()
                .filter(stratum -> value(strata, stratum))
                .toList();
        if (!Set.copyOf(chosen).equals(usual.strata())) {
            chosen.forEach(stratum -> words.add("stratum=" + stratum));
        }
        protocols.names().stream().sorted().forEach(name -> words.add("protocol=" + name));
        annotators.names().stream().sorted().forEach(name -> words.add("annotator=" + name));
        models.names().stream().sorted().forEach(name -> words.add("model=" + name));
        day(words, "from", from.getValue());
        day(words, "to", to.getValue());
        var taken = taken(usual);
        for (var mark : MARKS) {
            boolean wanted = value(marks, mark);
            if (wanted != Boolean.TRUE.equals(taken.get(mark)) && isOf(mark, format)) {
                words.add(mark + "=" + (wanted ? "include" : "exclude"));
            }
        }
        return words;
    }

    /** Whether something is chosen that no label can fit. */
    boolean complains(ExportFormat format) {
        error.setText("");
        if (format != ExportFormat.REPLAY && strata.keySet().stream().noneMatch(each -> value(strata, each))) {
            refuse(getTranslation("export.filter.none"));
            return true;
        }
        return false;
    }

    /** Says what is wrong, here. */
    void refuse(String words) {
        error.setText(words);
    }

    /** Shows what a filter says. */
    void show(LabelFilter filter) {
        strata.forEach((stratum, box) -> box.setValue(filter.strata().contains(stratum)));
        var taken = taken(filter);
        marks.forEach((mark, box) -> box.setValue(Boolean.TRUE.equals(taken.get(mark))));
        protocols.show(filter.protocols());
        annotators.show(filter.annotators());
        models.show(filter.models());
        from.setValue(filter.from());
        to.setValue(filter.to());
    }

    /** Another format takes other labels unless somebody has said otherwise: what was changed by hand stays. */
    void take(ExportFormat format) {
        setVisible(format != ExportFormat.REPLAY);
        marks.forEach((mark, box) -> box.setEnabled(isOf(mark, format)));
        var usual = format.filter();
        if (chosen().equals(former.strata())) {
            strata.forEach((stratum, box) -> box.setValue(usual.strata().contains(stratum)));
        }
        var before = taken(former);
        var taken = taken(usual);
        marks.forEach((mark, box) -> {
            if (box.getValue().equals(before.get(mark))) {
                box.setValue(taken.get(mark));
            }
        });
        former = usual;
    }

    private Set<String> chosen() {
        return strata.keySet().stream()
                .filter(stratum -> value(strata, stratum))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Boolean> taken(LabelFilter filter) {
        return Map.of(
                "simulated", filter.simulated(),
                "extra", filter.extra(),
                "superseded", filter.superseded(),
                "taken-out", filter.takenOut(),
                "excluded", filter.excluded());
    }

    private static boolean isOf(String mark, ExportFormat format) {
        return !mark.equals("superseded") || format == ExportFormat.JSONL;
    }

    private static boolean value(Map<String, Checkbox> group, String word) {
        var box = group.get(word);
        return box != null && box.getValue();
    }

    private static void day(List<String> words, String name, @Nullable LocalDate day) {
        if (day != null) {
            words.add(name + "=" + day);
        }
    }
}
