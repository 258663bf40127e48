package org.diptych.ui.account;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import org.diptych.ui.annotate.OfflineCopies;
import org.diptych.ui.shell.BrowserCode;
import org.diptych.ui.shell.Icon;
import org.springframework.security.web.csrf.CsrfToken;

/** Sign-in page: a plain form, sent to the security filter, so that password managers know it. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final int SECONDS_A_MINUTE = 60;

    private final Span reason = new Span();
    private final Div error = new Div(Icon.WARNING.draw(), reason);

    LoginView() {
        addClassName("login");
        error.addClassNames("note", "err");
        error.getElement().setAttribute("role", "alert");
        error.setVisible(false);
        var formSide = new Main();
        formSide.addClassName("form-side");
        formSide.getElement().appendChild(form());
        OfflineCopies.forget(this);
        add(new SwipePicture("wc/house-source.svg", "wc/house-edit.svg"), formSide);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters().getParameters();
        boolean failed = true;
        if (parameters.containsKey("wait")) {
            reason.setText(wait(event.getLocation().getQueryParameters()));
        } else if (parameters.containsKey("again")) {
            reason.setText(getTranslation("login.again"));
        } else {
            reason.setText(getTranslation("login.error"));
            failed = parameters.containsKey("error");
        }
        error.setVisible(failed);
        keepName(failed);
    }

    private String wait(QueryParameters parameters) {
        long seconds = parameters
                .getSingleParameter("wait")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Long::valueOf)
                .orElse(1L);
        return seconds < 2 * SECONDS_A_MINUTE
                ? getTranslation("login.wait.seconds", seconds)
                : getTranslation("login.wait.minutes", Math.ceilDiv(seconds, SECONDS_A_MINUTE));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("login.title") + " · Diptych";
    }

    /** What was typed as a name is kept in the tab alone: it may be anything, and an address is written into logs. */
    private void keepName(boolean failed) {
        getElement().executeJs("""
                const key = 'diptych-name', name = this.querySelector('#username');
                name.form.addEventListener('submit', () => sessionStorage.setItem(key, name.value));
                const typed = sessionStorage.getItem(key);
                sessionStorage.removeItem(key);
                if ($0 && typed && !name.value) {
                    name.value = typed;
                    this.querySelector('#password').focus();
                }""", failed);
    }

    private Element form() {
        var form = new Element("form");
        form.setAttribute("method", "post");
        form.setAttribute("action", "login");
        var brand = new Anchor(".", Icon.brand(), new Span("Diptych"));
        brand.addClassName("brand");
        var name = field("username", "login.name", "text", "username");
        name.getElement().getChild(1).setAttribute("autofocus", true).setAttribute("autocapitalize", "none");
        var submit = new NativeButton(getTranslation("login.submit"));
        submit.addClassNames("button", "primary");
        submit.getElement().setAttribute("type", "submit");
        var help = new Paragraph(getTranslation("login.help"));
        help.addClassNames("s", "muted");
        append(form, brand, new H1(getTranslation("login.title")), error, name);
        append(form, field("password", "login.password", "password", "current-password"), submit, help);
        form.appendChild(csrf());
        return form;
    }

    private static void append(Element form, Component... parts) {
        for (var part : parts) {
            form.appendChild(part.getElement());
        }
    }

    private Div field(String name, String label, String type, String complete) {
        var input = new Input();
        input.setType(type);
        input.setId(name);
        input.addClassName("native");
        input.getElement()
                .setAttribute("name", name)
                .setAttribute("autocomplete", complete)
                .setAttribute("required", true);
        var caption = new NativeLabel(getTranslation(label));
        caption.setFor(input);
        var field = new Div(caption, input);
        field.addClassName("field");
        return field;
    }

    private static Element csrf() {
        var hidden = new Element("input").setAttribute("type", "hidden");
        if (VaadinServletRequest.getCurrent().getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            hidden.setAttribute("name", token.getParameterName()).setAttribute("value", token.getToken());
        }
        return hidden;
    }

    /** The decoration at the left. */
    @Tag("swipe-picture")
    static final class SwipePicture extends Component {
        SwipePicture(String original, String edited) {
            getElement().setAttribute("original", original).setAttribute("edited", edited);
            getElement().setAttribute("aria-hidden", "true");
        }

        @Override
        protected void onAttach(AttachEvent attached) {
            BrowserCode.PICTURES.on(attached);
        }
    }
}
