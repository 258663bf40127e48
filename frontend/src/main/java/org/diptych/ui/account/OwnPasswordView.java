package org.diptych.ui.account;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.AccountService.Tokens;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.OwnPasswordFirst;

/** Whoever has got a password from somebody else chooses an own one here before anything else. */
@Route(value = OwnPasswordFirst.PLACE, autoLayout = false)
@PermitAll
class OwnPasswordView extends Div implements HasDynamicTitle {
    private final CurrentAccount account;
    private final AccountService accounts;
    private final PasswordField present = new PasswordField(getTranslation("account.password.given"));
    private final PasswordField own = new PasswordField(getTranslation("account.password.own"));

    OwnPasswordView(CurrentAccount account, AccountService accounts) {
        this.account = account;
        this.accounts = accounts;
        addClassName("login");
        present.getElement().setAttribute("autocomplete", "current-password");
        own.getElement().setAttribute("autocomplete", "new-password");
        own.setHelperText(getTranslation("account.password.rule"));
        own.setAutofocus(true);
        var choose = new Button(getTranslation("account.password.choose"), click -> choose());
        choose.addThemeNames("primary");
        var leave = new Button(getTranslation("account.signout"), click -> account.signOut());
        var why = new Paragraph(
                getTranslation("account.password.first", account.person().displayName()));
        why.addClassNames("s", "muted");
        var actions = new Div(choose, leave);
        actions.addClassName("row");
        var form = new Div(new H1(getTranslation("account.password.first.title")), why, present, own, actions);
        form.addClassName("stack");
        var side = new Main(form);
        side.addClassName("form-side");
        add(new LoginView.SwipePicture("wc/house-source.svg", "wc/house-edit.svg"), side);
    }

    private void choose() {
        present.setInvalid(false);
        own.setInvalid(false);
        try {
            accounts.changePassword(account.person(), present.getValue(), own.getValue(), Tokens.REVOKED);
            UI.getCurrent().getPage().setLocation(".");
        } catch (Problem refused) {
            var field = "present".equals(refused.properties().get("field")) ? present : own;
            field.setErrorMessage(refused.detail());
            field.setInvalid(true);
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("account.password.first.title") + " · Diptych";
    }
}
