package org.diptych.ui.alert;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.delivery.Webhook;
import org.diptych.service.delivery.Webhooks;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Question;
import org.diptych.ui.shell.ShownOnce;
import org.jspecify.annotations.Nullable;

/** The programs that are called with a campaign's alerts, and how the calls went. */
class WebhookPanel extends Panel {
    private static final Map<String, String> KINDS = Map.of("DELIVERED", "ok", "WAITING", "warn", "GIVEN_UP", "err");

    private final Webhooks webhooks;
    private final CurrentAccount account;
    private final TextField url = new TextField(getTranslation("webhooks.url"));
    private final Div secret = new Div();
    private final Div hooks = new Div();
    private @Nullable UUID campaign;

    WebhookPanel(Webhooks webhooks, CurrentAccount account) {
        super(translate("webhooks"));
        this.webhooks = webhooks;
        this.account = account;
        says(getTranslation("webhooks.help"));
        if (!webhooks.possible()) {
            body(note(Icon.INFO, getTranslation("webhooks.off"), ""));
            return;
        }
        url.setPlaceholder("https://example.org/hook");
        url.setMaxLength(2_000);
        url.addClassName("grow");
        var add = new Button(getTranslation("webhooks.add"), Icon.PLUS.draw(), click -> add());
        var row = box("row", url, add);
        row.getStyle().set("align-items", "flex-end");
        body(box("stack", row, secret, hooks));
    }

    void open(UUID id) {
        campaign = id;
        secret.removeAll();
        draw();
    }

    private UUID id() {
        return Objects.requireNonNull(campaign);
    }

    private void add() {
        url.setInvalid(false);
        try {
            var made = webhooks.create(account.person(), id(), url.getValue());
            secret.removeAll();
            secret.add(new ShownOnce(getTranslation("webhooks.once"), made.secret()));
            url.clear();
            draw();
        } catch (Problem problem) {
            url.setErrorMessage(problem.detail());
            url.setInvalid(true);
        }
    }

    private void draw() {
        hooks.removeAll();
        for (var hook : webhooks.list(account.person(), id())) {
            hooks.add(hook(hook));
        }
    }

    private Component hook(Webhook hook) {
        var test = new Button(getTranslation("webhooks.test"), click -> {
            webhooks.test(account.person(), id(), hook.id());
            draw();
        });
        test.addThemeNames("small");
        test.setAriaLabel(getTranslation("webhooks.test") + ": " + hook.url());
        var remove = new Button(
                getTranslation("webhooks.remove"),
                click -> Question.ask(
                        getTranslation("webhooks.remove.title"), hook.url(), getTranslation("webhooks.remove"), () -> {
                            webhooks.remove(account.person(), id(), hook.id());
                            draw();
                        }));
        remove.addThemeNames("small");
        remove.setAriaLabel(getTranslation("webhooks.remove") + ": " + hook.url());
        var again = new Button(getTranslation("webhooks.refresh"), click -> draw());
        again.addThemeNames("small", "tertiary");
        again.setAriaLabel(getTranslation("webhooks.refresh") + ": " + hook.url());
        return new Div(box("row wrap", text(hook.url(), "mono", "grow"), test, again, remove), log(hook));
    }

    private Component log(Webhook hook) {
        var calls = webhooks.deliveries(account.person(), id(), hook.id());
        if (calls.isEmpty()) {
            return text(getTranslation("webhooks.nocalls"), "muted", "s");
        }
        var table = new FigureTable(
                Column.words(getTranslation("webhooks.at")),
                Column.words(getTranslation("webhooks.kind")),
                Column.words(getTranslation("campaigns.state")),
                Column.figures(getTranslation("webhooks.attempts")),
                Column.words(getTranslation("webhooks.answer")));
        calls.stream()
                .limit(10)
                .forEach(call -> table.row(
                        Figures.moment(call.createdAt()),
                        getTranslation("alerts.kind." + call.kind()),
                        chip(
                                getTranslation("webhooks.state." + call.state().toLowerCase(Locale.ROOT)),
                                KINDS.getOrDefault(call.state(), "line")),
                        Figures.count(call.attempts()),
                        answer(call)));
        return table;
    }

    private static String answer(Webhook.Delivery call) {
        if (call.status() != null) {
            return String.valueOf(call.status());
        }
        return call.error() == null ? "–" : call.error();
    }
}
