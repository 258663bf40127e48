package org.diptych.ui.protocol;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.InvalidProtocolException;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.campaign.CampaignProtocols.ProtocolVersion;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolComparison;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** The versions of a campaign's protocol. A lead publishes the next one and moves the campaign to it. */
@Route(value = "campaigns/:campaign/protocol", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ProtocolView extends CampaignPage {
    private final CampaignProtocols versions;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private final Div list = new Div();
    private final Div said = new Div();
    private @Nullable UUID campaign;

    ProtocolView(CampaignProtocols versions, ProtocolService protocols, CurrentAccount account) {
        super("nav.protocol");
        this.versions = versions;
        this.protocols = protocols;
        this.account = account;
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var all = new Panel(getTranslation("protocol.versions"))
                .says(getTranslation("protocol.versions.help"))
                .wide(list);
        var publish = new Panel(getTranslation("protocol.publish"))
                .says(getTranslation("protocol.publish.help"))
                .body(form());
        add(new PageHead(title()).says(getTranslation("protocol.sub")), box("aside", all, new Div(publish)));
        draw();
    }

    private Div form() {
        var document = new TextArea(getTranslation("protocol.document"));
        document.setValue(protocols.bySha256(current().sha256()).text());
        document.setWidthFull();
        document.setMinRows(8);
        document.setMaxRows(24);
        var publish = new Button(getTranslation("protocol.publish.button"), click -> {
            document.setInvalid(false);
            try {
                var published = protocols
                        .publish(account.person(), ProtocolDocument.parse(document.getValue()))
                        .protocol();
                say(getTranslation("protocol.published", published.reference()), true);
                draw();
            } catch (Problem | InvalidProtocolException problem) {
                document.setErrorMessage(problem.getMessage());
                document.setInvalid(true);
            }
        });
        return box("stack", document, new Div(publish), said);
    }

    private void draw() {
        var table = new FigureTable(
                Column.words(getTranslation("protocol.version")),
                Column.figures(getTranslation("overview.labels")),
                Column.figures(getTranslation("protocol.confirmed")),
                Column.words(getTranslation("table.actions")));
        versions.versions(account.person(), Objects.requireNonNull(campaign))
                .forEach(version -> table.row(
                        text(version.reference(), "strong"),
                        Figures.count(version.labels()),
                        Figures.count(version.confirmed()),
                        action(version)));
        list.removeAll();
        list.add(table);
    }

    private ProtocolVersion current() {
        return versions.versions(account.person(), Objects.requireNonNull(campaign)).stream()
                .filter(ProtocolVersion::current)
                .findFirst()
                .orElseThrow();
    }

    private Component action(ProtocolVersion version) {
        var actions = box("row wrap", download(version));
        if (version.current()) {
            actions.add(chip(getTranslation("protocol.current"), "ok"));
        } else if (version.obstacle() != null) {
            actions.add(text(getTranslation("protocol.obstacle", version.obstacle()), "muted", "s"));
        } else {
            var move = new Button(getTranslation("protocol.move"), click -> ask(version));
            move.setAriaLabel(getTranslation("protocol.move.to", version.reference()));
            actions.add(move);
        }
        return actions;
    }

    private Component download(ProtocolVersion version) {
        var download = new Anchor(
                "api/v1/protocols/" + version.sha256(), Icon.EXPORT.draw(), text(getTranslation("protocol.download")));
        download.addClassName("button");
        download.getElement()
                .setAttribute("download", version.reference() + ".yaml")
                .setAttribute("router-ignore", true)
                .setAttribute("aria-label", getTranslation("protocol.download.of", version.reference()));
        return download;
    }

    private void ask(ProtocolVersion version) {
        var from = current();
        var change = ProtocolComparison.of(
                protocols.bySha256(from.sha256()),
                protocols.bySha256(version.sha256()),
                getLocale().getLanguage());
        new MoveDialog(change, from.labels(), () -> move(version.reference())).open();
    }

    private void move(String reference) {
        try {
            versions.move(account.person(), Objects.requireNonNull(campaign), reference);
            say(getTranslation("protocol.moved", reference), true);
        } catch (Problem problem) {
            say(problem.detail(), false);
        }
        draw();
    }

    private void say(String words, boolean good) {
        said.removeAll();
        said.add(note(good ? Icon.CHECK : Icon.WARNING, words, good ? "ok" : "warn"));
    }
}
