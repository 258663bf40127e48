package org.diptych.ui.adjudication;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.adjudication.Objection;
import org.diptych.service.adjudication.Objections;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.PairThumbnails;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** What annotators say against verdicts, for the leads who must answer. */
@Route(value = "campaigns/:campaign/objections", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ObjectionsView extends CampaignPage {
    private static final int MOST = 50;

    private final Objections objections;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private final Div list = new Div();
    private @Nullable UUID campaign;

    ObjectionsView(Objections objections, ProtocolService protocols, CurrentAccount account) {
        super("nav.objections");
        this.objections = objections;
        this.protocols = protocols;
        this.account = account;
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        add(
                new PageHead(title()).says(getTranslation("objections.sub")),
                new Panel(getTranslation("objections.list")).wide(list));
        draw();
    }

    private void draw() {
        list.removeAll();
        var waiting = objections.waiting(account.person(), Objects.requireNonNull(campaign), MOST);
        if (waiting.isEmpty()) {
            list.add(box("empty", text(getTranslation("objections.none"), "muted")));
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("objections.pair")),
                Column.words(getTranslation("objections.words")),
                Column.words(getTranslation("objections.verdict")),
                Column.words(getTranslation("objections.own")),
                Column.words(getTranslation("table.actions")));
        waiting.forEach(objection -> table.row(
                pair(objection),
                new Div(
                        new Div(written(objection.words())),
                        box("sub2", text(Figures.moment(objection.at()))),
                        objection.holds() ? new Div() : chip(getTranslation("objections.superseded"), "line")),
                new Div(answers(objection, objection.decided()), reason(objection)),
                answers(objection, objection.own()),
                box(
                        "row wrap",
                        button("objections.accept", objection, true),
                        button("objections.reject", objection, false))));
        list.add(table);
    }

    private Component pair(Objection objection) {
        var thumbnails = PairThumbnails.of(
                Objects.requireNonNull(campaign),
                objection.pair(),
                objection.instruction(),
                objection.first(),
                objection.source(),
                objection.second());
        return new Div(thumbnails, new Div(written(objection.instruction(), "sub2")));
    }

    private Component answers(Objection objection, Map<String, Object> answers) {
        var protocol = protocols.bySha256(objection.protocolSha256()).protocol();
        var names = new DimensionNames(protocol, getLocale());
        var said = new Div();
        protocol.dimensions()
                .forEach(dimension -> said.add(
                        new Div(text(names.of(dimension.id()) + ": " + value(answers.get(dimension.id())), "s"))));
        return said;
    }

    private String value(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> ratings) {
            return getTranslation("pair.ratings", ratings.get("left"), ratings.get("right"));
        }
        return answer == null
                ? "\u2013"
                : getTranslation("pair.comparison."
                        + answer.toString().replace("left", "first").replace("right", "second"));
    }

    private static Component reason(Objection objection) {
        var reason = objection.reason();
        return reason == null ? new Div() : new Div(written(reason, "sub2"));
    }

    private Button button(String key, Objection objection, boolean accepts) {
        var button = new Button(getTranslation(key), click -> ask(objection, accepts));
        button.addThemeNames("small");
        button.setAriaLabel(getTranslation(key) + ": " + objection.instruction());
        return button;
    }

    private void ask(Objection objection, boolean accepts) {
        var words = new TextArea(getTranslation(accepts ? "objections.reason.optional" : "objections.reason"));
        words.setWidthFull();
        words.setMinRows(3);
        words.setMaxLength(2_000);
        words.setHelperText(getTranslation(accepts ? "objections.accept.help" : "objections.reject.help"));
        var kind = accepts ? "objections.accept" : "objections.reject";
        var dialog = new Dialog(getTranslation(kind + ".title"));
        dialog.setWidth("min(520px, 90vw)");
        var said = new Div();
        var send = new Button(getTranslation(kind), click -> {
            said.removeAll();
            try {
                objections.answer(
                        account.person(), Objects.requireNonNull(campaign), objection.id(), accepts, words.getValue());
                dialog.close();
                draw();
            } catch (Problem problem) {
                if ("reason".equals(problem.properties().get("field"))) {
                    words.setErrorMessage(getTranslation("objections.reason.missing"));
                    words.setInvalid(true);
                } else {
                    said.add(note(Icon.WARNING, problem.detail(), "warn"));
                }
            }
        });
        send.addThemeNames("primary");
        dialog.add(box("stack", new Div(written(objection.words())), words, said));
        dialog.getFooter().add(new Button(getTranslation("dialog.cancel"), click -> dialog.close()), send);
        dialog.open();
    }
}
