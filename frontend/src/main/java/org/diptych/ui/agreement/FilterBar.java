package org.diptych.ui.agreement;

import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.function.Consumer;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFigures.Person;
import org.diptych.service.agreement.AgreementFigures.Version;
import org.diptych.service.agreement.AgreementFilter;
import org.diptych.service.agreement.AgreementFilter.Level;
import org.diptych.service.agreement.AgreementFilter.Part;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.SegmentedChoice;

/** What the page counts. Every choice is told at once; where it leads to is the page's affair. */
class FilterBar extends Div {
    private final AgreementFilter filter;
    private final Consumer<AgreementFilter> chosen;

    /**
     * The choices.
     *
     * @param figures that are shown under the filter
     * @param chosen told another filter
     */
    FilterBar(
            AgreementFilter filter, AgreementFigures figures, DimensionNames names, Consumer<AgreementFilter> chosen) {
        this.filter = filter;
        this.chosen = chosen;
        addClassNames("filters", "agreement");
        getElement().setAttribute("role", "group").setAttribute("aria-label", getTranslation("agreement.filters"));
        add(
                new SegmentedChoice<>(
                        getTranslation("agreement.stratum"),
                        filter.stratum(),
                        part -> getTranslation("stratum." + part.word()),
                        part -> choose(filter.of(part)),
                        Part.values()),
                new SegmentedChoice<>(
                        getTranslation("agreement.level"),
                        filter.level(),
                        level -> getTranslation("agreement.level." + level.word()),
                        level -> choose(filter.at(level)),
                        Level.values()),
                dimension(figures, names),
                version(figures),
                annotator(figures.choices().annotators()),
                category(figures.choices().categories()),
                day("audit.from", true),
                day("audit.to", false));
    }

    private void choose(AgreementFilter other) {
        if (!other.equals(filter)) {
            chosen.accept(other);
        }
    }

    private Select<String> dimension(AgreementFigures figures, DimensionNames names) {
        var select = new Select<String>();
        select.setItems(figures.dimensions().stream()
                .map(AgreementFigures.DimensionFigures::dimension)
                .toList());
        select.setItemLabelGenerator(names::of);
        select.setValue(figures.basis().dimension());
        select.setAriaLabel(getTranslation("agreement.dimension"));
        select.addValueChangeListener(change -> choose(filter.on(change.getValue())));
        return wide(select, "210px");
    }

    private Select<Version> version(AgreementFigures figures) {
        var select = new Select<Version>();
        var versions = figures.choices().versions();
        select.setItems(versions);
        select.setItemLabelGenerator(
                version -> getTranslation("agreement.version", version.reference(), Figures.count(version.labels())));
        versions.stream()
                .filter(version -> version.sha256().equals(figures.basis().protocolSha256()))
                .findFirst()
                .ifPresent(select::setValue);
        select.setAriaLabel(getTranslation("agreement.protocol"));
        select.addValueChangeListener(
                change -> choose(filter.under(change.getValue().reference())));
        return wide(select, "240px");
    }

    private ComboBox<Person> annotator(List<Person> persons) {
        var box = new ComboBox<Person>();
        box.setItems(persons);
        box.setItemLabelGenerator(Person::displayName);
        persons.stream()
                .filter(person -> person.name().equals(filter.annotator()))
                .findFirst()
                .ifPresent(box::setValue);
        box.setPlaceholder(getTranslation("agreement.annotator.all"));
        box.setClearButtonVisible(true);
        box.setAriaLabel(getTranslation("agreement.annotator"));
        box.addValueChangeListener(change -> choose(
                filter.by(change.getValue() == null ? null : change.getValue().name())));
        return wide(box, "180px");
    }

    private ComboBox<String> category(List<String> categories) {
        var box = new ComboBox<String>();
        box.setItems(categories);
        box.setValue(filter.category());
        box.setPlaceholder(getTranslation("agreement.category.all"));
        box.setClearButtonVisible(true);
        box.setAriaLabel(getTranslation("pair.category"));
        box.addValueChangeListener(change -> choose(filter.in(change.getValue())));
        return wide(box, "180px");
    }

    private DatePicker day(String label, boolean first) {
        var picker = new DatePicker(first ? filter.from() : filter.to());
        picker.setPlaceholder(getTranslation(label));
        picker.setAriaLabel(getTranslation(label));
        picker.setClearButtonVisible(true);
        if (first) {
            picker.setMax(filter.to());
        } else {
            picker.setMin(filter.from());
        }
        picker.addValueChangeListener(change -> {
            if (!picker.isInvalid()) {
                choose(filter.within(
                        first ? change.getValue() : filter.from(), first ? filter.to() : change.getValue()));
            }
        });
        return wide(picker, "150px");
    }

    private static <C extends HasSize> C wide(C field, String width) {
        field.setWidth(width);
        return field;
    }
}
