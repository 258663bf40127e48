package org.diptych.ui.pair;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.pair.Inbox;
import org.diptych.service.pair.Message;
import org.diptych.service.pair.PairService;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.PairThumbnails;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** What annotators wrote to the lead. What is shown is said in the address. */
@Route(value = "campaigns/:campaign/inbox", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class InboxView extends CampaignPage {
    private static final int PAGE = 25;

    private final Inbox inbox;
    private final PairService pairs;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private final Div said = new Div();
    private final Div list = new Div();
    private Message.Filter filter = new Message.Filter(null, Message.State.OPEN, null, null);
    private @Nullable UUID campaign;

    InboxView(Inbox inbox, PairService pairs, ProtocolService protocols, CurrentAccount account) {
        super("nav.inbox");
        this.inbox = inbox;
        this.pairs = pairs;
        this.protocols = protocols;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filter = filter(event.getLocation().getQueryParameters());
        super.beforeEnter(event);
    }

    /** Words that mean nothing are left out: an old link shows more, never an error. */
    private static Message.Filter filter(QueryParameters parameters) {
        var state = parameters.getSingleParameter("state").orElse("open");
        return new Message.Filter(
                constant(
                        Message.Kind.values(),
                        parameters.getSingleParameter("kind").orElse("")),
                constant(Message.State.values(), state),
                parameters
                        .getSingleParameter("person")
                        .map(text -> text.replace("\0", ""))
                        .orElse(null),
                parameters
                        .getSingleParameter("before")
                        .filter(text -> text.matches("[0-9]{1,18}"))
                        .map(Long::valueOf)
                        .orElse(null));
    }

    private static <T extends Enum<T>> @Nullable T constant(T[] values, String word) {
        for (var value : values) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        return null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        said.removeAll();
        var head = new PageHead(title()).says(getTranslation("inbox.sub"));
        add(head, filters(), said, new Panel(getTranslation("inbox.list")).wide(list));
        draw();
    }

    private Component filters() {
        var kind = filter.kind();
        var state = filter.state();
        var row = box(
                "filters",
                new SegmentedChoice<>(
                        getTranslation("inbox.kind"),
                        kind == null ? "all" : word(kind),
                        each -> getTranslation("inbox.kind." + each),
                        chosen -> go(with("kind", chosen)),
                        "all",
                        "flag",
                        "comment",
                        "skip"),
                new SegmentedChoice<>(
                        getTranslation("inbox.state"),
                        state == null ? "all" : word(state),
                        each -> getTranslation("inbox.state." + each),
                        chosen -> go(with("state", chosen)),
                        "open",
                        "answered",
                        "dismissed",
                        "taken_out",
                        "all"));
        var person = filter.person();
        if (person != null) {
            var everybody = new Anchor(address(with("person", null)), getTranslation("inbox.everybody"));
            row.add(chip(PairParts.hidden(person), "line"), everybody);
        }
        long out = pairs.takenOut(account.person(), Objects.requireNonNull(campaign));
        if (out > 0) {
            row.add(text(getTranslation("inbox.out", Figures.count(out)), "muted", "s"));
        }
        return row;
    }

    /** The filters as they are, but for one; a changed filter begins at the latest message. */
    private Map<String, @Nullable String> with(String name, @Nullable String value) {
        var parameters = new LinkedHashMap<String, @Nullable String>();
        parameters.put("kind", filter.kind() == null ? null : word(filter.kind()));
        parameters.put("state", filter.state() == null ? "all" : word(filter.state()));
        parameters.put("person", filter.person());
        parameters.put(name, "all".equals(value) && name.equals("kind") ? null : value);
        return parameters;
    }

    private String address(Map<String, @Nullable String> parameters) {
        return PairParts.address("campaigns/" + campaign + "/inbox", parameters);
    }

    private void go(Map<String, @Nullable String> parameters) {
        UI.getCurrent().navigate(address(parameters));
    }

    private void draw() {
        list.removeAll();
        var id = Objects.requireNonNull(campaign);
        var found = inbox.list(account.person(), id, filter, PAGE + 1);
        if (found.isEmpty()) {
            list.add(box("body", text(getTranslation("inbox.none"), "muted")));
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("queue.column.pair")),
                Column.words(getTranslation("inbox.message")),
                Column.words(getTranslation("pair.who")),
                Column.words(getTranslation("pair.when")),
                Column.words(getTranslation("inbox.state")),
                Column.words(getTranslation("table.actions")));
        found.stream().limit(PAGE).forEach(message -> row(table, id, message));
        list.add(table);
        var more = box("body row");
        if (filter.before() != null) {
            more.add(new Anchor(address(with("before", null)), getTranslation("inbox.latest")));
        }
        if (found.size() > PAGE) {
            var last = found.get(PAGE - 1).sequence();
            more.add(new Anchor(address(with("before", String.valueOf(last))), getTranslation("inbox.older")));
        }
        list.add(more);
    }

    private void row(FigureTable table, UUID id, Message message) {
        var code = message.annotator().code();
        table.row(
                PairThumbnails.of(
                        id, message.pair(), message.instruction(), message.first(), message.source(), message.second()),
                words(message),
                new Anchor(address(with("person", code)), PairParts.hidden(code)),
                text(Figures.moment(message.at()), "muted", "nowrap"),
                state(message),
                actions(id, message));
    }

    private Component words(Message message) {
        var content = new Div();
        if (message.flagged()) {
            content.add(PairParts.flag());
        }
        var skip = message.skipReason();
        if (skip != null) {
            var protocol = protocols.bySha256(message.protocolSha256()).protocol();
            content.add(new Div(
                    text(getTranslation("pair.skipped", PairParts.skipReason(protocol, skip, getLocale())), "strong")));
        }
        var comment = message.comment();
        if (comment != null) {
            content.add(new Div(written(comment)));
        }
        content.add(new Div(written(message.instruction(), "sub2")));
        return content;
    }

    private Component state(Message message) {
        var kind = message.state() == Message.State.OPEN ? "warn" : "line";
        var content = new Div(chip(getTranslation("inbox.state." + word(message.state())), kind));
        var answer = message.answer();
        if (answer != null) {
            content.add(new Div(written(answer)));
        }
        var by = message.repliedBy();
        if (by != null) {
            content.add(box("sub2", written(by)));
        }
        return content;
    }

    private Component actions(UUID id, Message message) {
        var person = account.person();
        var row = box("row wrap");
        switch (message.state()) {
            case OPEN ->
                row.add(
                        button("inbox.answer", message, () -> ask(id, message)),
                        button("inbox.dismiss", message, () -> inbox.dismiss(person, id, message.label())),
                        button("pair.takeout", message, () -> pairs.takeOut(person, id, message.pair())));
            case ANSWERED, DISMISSED ->
                row.add(button("inbox.reopen", message, () -> inbox.reopen(person, id, message.label())));
            case TAKEN_OUT -> row.add(button("pair.putback", message, () -> pairs.putBack(person, id, message.pair())));
        }
        return row;
    }

    private Button button(String key, Message message, Runnable work) {
        var button = new Button(getTranslation(key), click -> attempt(work));
        button.addThemeNames("small");
        button.setAriaLabel(getTranslation(key) + ": " + message.instruction());
        return button;
    }

    private void attempt(Runnable work) {
        said.removeAll();
        try {
            work.run();
        } catch (Problem problem) {
            said.add(note(Icon.WARNING, problem.detail(), "warn"));
        }
        draw();
    }

    private void ask(UUID id, Message message) {
        var words = new TextArea(getTranslation("inbox.answer"));
        words.setWidthFull();
        words.setMinRows(3);
        words.setMaxLength(2_000);
        words.setHelperText(getTranslation("inbox.answer.help"));
        var dialog = new Dialog(getTranslation("inbox.answer.title"));
        dialog.setWidth("min(520px, 90vw)");
        var send = new Button(getTranslation("inbox.answer"), click -> {
            try {
                inbox.answer(account.person(), id, message.label(), words.getValue());
                dialog.close();
                draw();
            } catch (Problem problem) {
                words.setErrorMessage(
                        problem.code().equals("invalid_text")
                                ? getTranslation("inbox.answer.missing")
                                : problem.detail());
                words.setInvalid(true);
            }
        });
        send.addThemeNames("primary");
        dialog.add(words);
        dialog.getFooter().add(new Button(getTranslation("dialog.cancel"), click -> dialog.close()), send);
        dialog.open();
    }
}
