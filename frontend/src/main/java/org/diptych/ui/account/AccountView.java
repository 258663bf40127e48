package org.diptych.ui.account;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.AccountService.Tokens;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.ApiTokenService.TokenSummary;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Question;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;
import org.diptych.ui.shell.ShownOnce;
import org.diptych.ui.shell.ThemeChoice;

/** What a person sets for themselves: tokens for programs, language, theme, password. */
@Route(value = "account", layout = Shell.class)
@PermitAll
class AccountView extends Div implements HasDynamicTitle {
    private static final List<Integer> LASTING =
            List.of(7, 30, (int) ApiTokenService.USUAL.toDays(), (int) ApiTokenService.LONGEST.toDays());

    private final CurrentAccount account;
    private final AccountService accounts;
    private final AccountZones zones;
    private final ApiTokenService tokens;
    private final Div secret = new Div();
    private final Div list = new Div();

    AccountView(CurrentAccount account, AccountService accounts, AccountZones zones, ApiTokenService tokens) {
        this.account = account;
        this.accounts = accounts;
        this.zones = zones;
        this.tokens = tokens;
        var signOut = new Button(getTranslation("account.signout"), click -> account.signOut());
        var settings = box("stack", display(), password());
        add(
                new PageHead(getTranslation("account.title"), signOut)
                        .says(account.person().displayName() + ", "
                                + account.person().name()),
                box("cols three-two", tokenPanel(), settings));
        drawTokens();
    }

    private Panel tokenPanel() {
        var title = new TextField(getTranslation("account.token.for"));
        title.setPlaceholder(getTranslation("account.token.example"));
        title.setMaxLength(80);
        title.addClassName("grow");
        var days = new Select<Integer>();
        days.setLabel(getTranslation("account.token.lasting"));
        days.setItems(LASTING);
        days.setItemLabelGenerator(each -> getTranslation("account.token.days", each));
        days.setValue((int) ApiTokenService.USUAL.toDays());
        var create = new Button(getTranslation("account.token.create"), Icon.PLUS.draw(), click -> {
            var name = title.getValue().isBlank()
                    ? getTranslation("account.token.unnamed")
                    : title.getValue().strip();
            try {
                show(tokens.create(account.person(), name, Duration.ofDays(days.getValue())));
            } catch (Problem refused) {
                title.setErrorMessage(refused.detail());
                title.setInvalid(true);
                return;
            }
            title.clear();
            title.setInvalid(false);
            drawTokens();
        });
        create.addThemeNames("primary");
        var row = box("row", title, days, create);
        row.getStyle().set("align-items", "flex-end");
        return new Panel(getTranslation("account.tokens"))
                .says(getTranslation("account.tokens.help"))
                .body(row, secret)
                .wide(list);
    }

    private void show(ApiTokenService.NewToken token) {
        secret.removeAll();
        secret.add(new ShownOnce(getTranslation("account.token.once"), token.token()));
        secret.getStyle().set("margin-top", "14px");
    }

    private void drawTokens() {
        list.removeAll();
        var mine = tokens.list(account.person());
        if (mine.isEmpty()) {
            var none = box("body", text(getTranslation("account.tokens.none"), "muted", "s"));
            none.getStyle().set("padding", "0 16px 16px");
            list.add(none);
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("account.token.for")),
                Column.words(getTranslation("account.token.created")),
                Column.words(getTranslation("account.token.ends")),
                Column.words(getTranslation("account.token.used")),
                Column.words(getTranslation("table.actions")));
        mine.forEach(token -> table.row(
                written(token.title()),
                Figures.moment(token.createdAt()),
                token.expiresAt().map(Figures::moment).orElse(getTranslation("account.token.endless")),
                token.lastUsedAt().map(Figures::moment).orElse(getTranslation("account.token.never")),
                box("r", revoke(token))));
        list.add(table);
    }

    private Button revoke(TokenSummary token) {
        var revoke = new Button(
                getTranslation("account.token.revoke"),
                click -> Question.ask(
                        getTranslation("account.token.revoke.title", token.title()),
                        getTranslation("account.token.revoke.help"),
                        getTranslation("account.token.revoke.confirm"),
                        () -> {
                            tokens.revoke(account.person(), token.id());
                            secret.removeAll();
                            drawTokens();
                        }));
        revoke.addThemeNames("small", "error");
        return revoke;
    }

    private Panel display() {
        var language = new SegmentedChoice<Locale>(
                getTranslation("account.language"),
                account.language(),
                each -> each.getDisplayLanguage(each),
                chosen -> {
                    account.speak(chosen);
                    UI.getCurrent().getPage().reload();
                },
                Locale.ENGLISH,
                Locale.CHINESE);
        var theme = new SegmentedChoice<ThemeChoice>(
                getTranslation("account.theme"),
                account.theme(),
                choice -> getTranslation("theme." + choice.word()),
                chosen -> {
                    account.choose(chosen);
                    UI.getCurrent().getPage().setColorScheme(chosen.scheme());
                },
                ThemeChoice.values());
        return new Panel(getTranslation("account.display"))
                .body(
                        box(
                                "stack",
                                field("account.language", language),
                                field("account.zone", zone()),
                                field("account.theme", theme)),
                        foot(getTranslation("account.theme.help")));
    }

    private Select<String> zone() {
        var zone = new Select<String>();
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setAriaLabel(getTranslation("account.zone"));
        zone.setHelperText(getTranslation("account.zone.help"));
        zone.setValue(zones.chosen(account.person()).orElse("UTC"));
        zone.addValueChangeListener(change -> {
            try {
                zones.choose(account.person(), change.getValue());
                zone.setInvalid(false);
            } catch (Problem unknown) {
                zone.setErrorMessage(unknown.detail());
                zone.setInvalid(true);
            }
        });
        return zone;
    }

    private Div field(String key, Component choice) {
        return box("field", text(getTranslation(key), "s", "strong"), new Div(choice));
    }

    private Panel password() {
        var present = new PasswordField(getTranslation("account.password.present"));
        present.getElement().setAttribute("autocomplete", "current-password");
        var first = new PasswordField(getTranslation("account.password.new"));
        first.setHelperText(getTranslation("account.password.rule"));
        first.getElement().setAttribute("autocomplete", "new-password");
        var revoke = new Checkbox(getTranslation("account.password.tokens"));
        var change = new Button(getTranslation("account.password.change"));
        var said = new Div();
        change.addClickListener(click -> {
            said.removeAll();
            present.setInvalid(false);
            first.setInvalid(false);
            try {
                var kept = Boolean.TRUE.equals(revoke.getValue()) ? Tokens.REVOKED : Tokens.KEPT;
                accounts.changePassword(account.person(), present.getValue(), first.getValue(), kept);
                present.clear();
                first.clear();
                revoke.clear();
                drawTokens();
                var words = kept == Tokens.KEPT ? "account.password.changed" : "account.password.changed.tokens";
                said.add(note(Icon.CHECK, getTranslation(words), "ok"));
            } catch (Problem refused) {
                var field = "present".equals(refused.properties().get("field")) ? present : first;
                field.setErrorMessage(refused.detail());
                field.setInvalid(true);
            }
        });
        return new Panel(getTranslation("account.password"))
                .body(box("stack", present, first, revoke, new Div(change), said));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("account.title") + " · Diptych";
    }
}
