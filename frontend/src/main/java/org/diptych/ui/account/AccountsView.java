package org.diptych.ui.account;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import org.diptych.service.account.AccountAdministration;
import org.diptych.service.account.AccountAdministration.AccountSummary;
import org.diptych.service.account.Role;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.NewPassword;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Question;
import org.diptych.ui.shell.Shell;
import org.diptych.ui.shell.ShownOnce;

/** All accounts of the installation, for its administrators: new ones, new passwords, who may sign in. */
@Route(value = "accounts", layout = Shell.class)
@RolesAllowed("ADMIN")
class AccountsView extends Div implements HasDynamicTitle {
    private static final int MOST = 100;

    private final AccountAdministration accounts;
    private final CurrentAccount account;
    private final TextField search = new TextField();
    private final Div list = new Div();
    private final Div said = new Div();
    private final Div made = new Div();

    AccountsView(AccountAdministration accounts, CurrentAccount account) {
        this.accounts = accounts;
        this.account = account;
        search.setPlaceholder(getTranslation("accounts.find"));
        search.setAriaLabel(getTranslation("accounts.find"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> draw());
        said.getElement().setAttribute("role", "status");
        var all = new Panel(getTranslation("accounts.list")).body(search, said).wide(list);
        var create = new Panel(getTranslation("accounts.create"))
                .says(getTranslation("accounts.create.help"))
                .body(form());
        add(
                new PageHead(getTranslation("nav.accounts")).says(getTranslation("accounts.sub")),
                box("aside", all, new Div(create)));
        draw();
    }

    private Div form() {
        var name = new TextField(getTranslation("login.name"));
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(80);
        name.setWidthFull();
        var displayName = new TextField(getTranslation("members.displayname"));
        displayName.setRequiredIndicatorVisible(true);
        displayName.setMaxLength(120);
        displayName.setWidthFull();
        var role = new Select<Role>();
        role.setLabel(getTranslation("members.role"));
        role.setItems(Role.ANNOTATOR, Role.LEAD, Role.ADMIN);
        role.setItemLabelGenerator(AccountsView::written);
        role.setValue(Role.ANNOTATOR);
        role.setWidthFull();
        var create = new Button(getTranslation("accounts.create.button"), click -> {
            made.removeAll();
            name.setInvalid(false);
            displayName.setInvalid(false);
            try {
                var fresh = accounts.create(account.person(), name.getValue(), displayName.getValue(), role.getValue());
                made.add(new ShownOnce(
                        getTranslation("members.created", fresh.account().name()), fresh.password()));
                name.clear();
                displayName.clear();
                draw();
            } catch (Problem problem) {
                var field = "displayName".equals(problem.properties().get("field")) ? displayName : name;
                field.setErrorMessage(problem.detail());
                field.setInvalid(true);
            }
        });
        create.addThemeNames("primary");
        return box("stack", name, displayName, role, new Div(create), made);
    }

    private static String written(Role role) {
        return com.vaadin.flow.i18n.I18NProvider.translate("role." + role.name().toLowerCase(Locale.ROOT));
    }

    private void draw() {
        var found = accounts.list(account.person(), search.getValue(), MOST);
        list.removeAll();
        if (found.isEmpty()) {
            list.add(box("body", text(getTranslation("accounts.none"), "muted", "s")));
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("members.name")),
                Column.words(getTranslation("members.role")),
                Column.words(getTranslation("accounts.seen")),
                Column.figures(getTranslation("accounts.tokens")),
                Column.words(getTranslation("table.actions")));
        found.forEach(each -> table.row(
                name(each),
                written(each.role()),
                text(Figures.moment(each.seenAt(), "–"), "muted", "nowrap"),
                Figures.count(each.tokens()),
                actions(each)));
        list.add(table);
        if (found.size() == MOST) {
            list.add(box("body", foot(getTranslation("accounts.more", MOST))));
        }
    }

    private Component name(AccountSummary each) {
        var line = box("row", Parts.written(each.displayName(), "strong"));
        if (each.disabled()) {
            line.add(chip(getTranslation("accounts.disabled"), "warn"));
        }
        if (each.simulated()) {
            line.add(chip(getTranslation("members.simulated"), "line"));
        }
        return new Div(line, box("sub2", Parts.written(each.name())));
    }

    private Component actions(AccountSummary each) {
        var actions = box("row wrap");
        if (!each.simulated()) {
            actions.add(button(
                    "accounts.password",
                    each,
                    () -> ask("accounts.password", each, () -> {
                        NewPassword.show(each.displayName(), accounts.resetPassword(account.person(), each.name()));
                    })));
        }
        if (each.browsers() + each.tokens() > 0) {
            actions.add(button(
                    "accounts.signout",
                    each,
                    () -> ask("accounts.signout", each, () -> {
                        accounts.signOut(account.person(), each.name());
                        say(getTranslation("accounts.signout.done", each.displayName()));
                    })));
        }
        if (each.disabled()) {
            actions.add(button("accounts.enable", each, () -> {
                accounts.enable(account.person(), each.name());
                draw();
                say(getTranslation("accounts.enable.done", each.displayName()));
            }));
        } else if (!each.name().equals(account.person().name())) {
            actions.add(button(
                    "accounts.disable",
                    each,
                    () -> ask("accounts.disable", each, () -> {
                        accounts.disable(account.person(), each.name());
                        say(getTranslation("accounts.disable.done", each.displayName()));
                    })));
        }
        return actions;
    }

    private Button button(String key, AccountSummary each, Runnable action) {
        var button = new Button(getTranslation(key), click -> action.run());
        button.addThemeNames("small");
        button.setAriaLabel(getTranslation(key) + ": " + each.displayName());
        return button;
    }

    private void ask(String key, AccountSummary each, Runnable action) {
        Question.ask(
                getTranslation(key + ".title", each.displayName()),
                getTranslation(key + ".help"),
                getTranslation(key),
                () -> {
                    action.run();
                    draw();
                });
    }

    private void say(String words) {
        said.removeAll();
        said.add(note(Icon.CHECK, words, "ok"));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("nav.accounts") + " · Diptych";
    }
}
