package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.diptych.service.account.AccountName;
import org.diptych.service.account.AccountService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.draft.DraftChoices.Person;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** Who will be in the campaign beside its maker. Accounts that are not there are made by the launch. */
class PeoplePart extends Div implements WizardPart {
    private final AccountService accounts;
    private final Predicate<List<Person>> keep;
    private final List<Person> people;
    private final TextField name = new TextField(translate("login.name"));
    private final TextField displayName = new TextField(translate("members.displayname"));
    private final Select<MemberRole> role = new Select<>();
    private final Div list = new Div();

    /** @param keep keeps the people at once, or says why not */
    PeoplePart(AccountService accounts, WizardState state, Predicate<List<Person>> keep) {
        this.accounts = accounts;
        this.keep = keep;
        this.people = new ArrayList<>(state.choices().people());
        addClassName("stack");
        name.setMaxLength(80);
        displayName.setMaxLength(120);
        displayName.setHelperText(translate("members.displayname.help"));
        role.setLabel(translate("members.role"));
        role.setItems(MemberRole.ANNOTATOR, MemberRole.ADJUDICATOR, MemberRole.LEAD);
        role.setItemLabelGenerator(PeoplePart::written);
        role.setValue(MemberRole.ANNOTATOR);
        var add = new Button(translate("wizard.people.add"), click -> add());
        draw();
        add(
                new Panel(translate("members.add"))
                        .says(translate("wizard.people.help"))
                        .body(box("stack", box("form", name, displayName, role), new Div(add))),
                new Panel(translate("wizard.people.list")).wide(list));
    }

    private static String written(MemberRole role) {
        return translate("memberrole." + role.name().toLowerCase(Locale.ROOT));
    }

    private void add() {
        name.setInvalid(false);
        displayName.setInvalid(false);
        var typed = AccountName.of(name.getValue());
        if (typed.isEmpty()) {
            complainAt(name, translate("wizard.people.name.error"));
            return;
        }
        if (people.stream().anyMatch(person -> AccountName.of(person.name()).equals(typed))) {
            complainAt(name, translate("wizard.people.twice"));
            return;
        }
        boolean known = accounts.find(typed.get()).isPresent();
        if (!known && displayName.getValue().isBlank()) {
            complainAt(displayName, translate("members.unknown", typed.get()));
            return;
        }
        people.add(new Person(typed.get(), known ? null : displayName.getValue().strip(), role.getValue()));
        if (!keep.test(List.copyOf(people))) {
            people.removeLast();
            return;
        }
        name.clear();
        displayName.clear();
        name.focus();
        draw();
    }

    private static void complainAt(TextField field, String words) {
        field.setErrorMessage(words);
        field.setInvalid(true);
        field.focus();
    }

    private void draw() {
        list.removeAll();
        if (people.isEmpty()) {
            var none = note(Icon.INFO, translate("wizard.people.none"), "");
            none.getStyle().set("margin", "0 16px 14px");
            list.add(none);
            return;
        }
        var table = new FigureTable(
                Column.words(translate("members.name")),
                Column.words(translate("members.role")),
                Column.words(translate("wizard.people.account")),
                Column.words(translate("table.actions")));
        for (var person : people) {
            var remove = new Button(translate("members.remove"), click -> remove(person));
            remove.addThemeNames("small");
            remove.setAriaLabel(translate("members.remove.who", person.name()));
            var added = person.displayName();
            table.row(
                    new Div(
                            new Div(Parts.written(added == null ? person.name() : added, "strong")),
                            box("sub2", Parts.written(person.name()))),
                    written(person.role()),
                    translate(added == null ? "wizard.people.known" : "wizard.people.made"),
                    remove);
        }
        list.add(table);
    }

    private void remove(Person person) {
        int place = people.indexOf(person);
        people.remove(person);
        if (!keep.test(List.copyOf(people))) {
            people.add(place, person);
        }
        draw();
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        if (!name.getValue().isBlank()) {
            // somebody who was typed and not added would be lost without a word
            complainAt(name, translate("wizard.people.pending"));
            return Optional.empty();
        }
        return Optional.of(before);
    }

    @Override
    public boolean complain(String field, String words) {
        if (!field.startsWith("people")) {
            return false;
        }
        complainAt(field.endsWith("displayName") ? displayName : name, words);
        return true;
    }
}
