package org.diptych.ui.quality;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.service.campaign.KnownUse;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.GoldHealth;
import org.diptych.service.quality.GoldService;
import org.diptych.service.quality.KnownAnswer;
import org.diptych.service.quality.KnownAnswers;
import org.diptych.service.quality.Proposal;
import org.diptych.ui.shell.BrowserCode;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;

/** Pairs whose answer is known, and labelled pairs that offer themselves because all their annotators agree. */
class KnownPairsPanel extends Panel {
    private static final int PROPOSALS = 10;
    private static final int LISTED = 50;

    private final KnownAnswers known;
    private final GoldService gold;
    private final ZoneId zone;
    private final CurrentAccount account;
    private final UUID campaign;
    private final Div content = new Div();

    KnownPairsPanel(KnownAnswers known, GoldService gold, ZoneId zone, CurrentAccount account, UUID campaign) {
        super(translate("known.title"));
        this.known = known;
        this.gold = gold;
        this.zone = zone;
        this.account = account;
        this.campaign = campaign;
        wide(content);
        draw();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        BrowserCode.PICTURES.on(attached);
    }

    private void draw() {
        content.removeAll();
        var answers = known.list(account.person(), campaign);
        var uses = answers.stream().collect(Collectors.groupingBy(KnownAnswer::use, Collectors.counting()));
        content.add(box(
                "body",
                text(translate(
                        "known.counts",
                        Figures.count(uses.getOrDefault(KnownUse.GOLD, 0L)),
                        Figures.count(uses.getOrDefault(KnownUse.QUALIFICATION, 0L))))));
        var pairs = gold.of(account.person(), campaign);
        if (!pairs.isEmpty()) {
            content.add(new GoldTable(campaign, pairs.stream().limit(LISTED).toList(), zone, this::action));
            content.add(box(
                    "body",
                    foot(translate("known.states")),
                    foot(translate(
                            "known.listed",
                            Figures.count(Math.min(LISTED, pairs.size())),
                            Figures.count(pairs.size())))));
        }
        var byLeads = answers.stream()
                .filter(answer ->
                        answer.use() == KnownUse.QUALIFICATION && answer.origin() != KnownAnswer.Origin.MANIFEST)
                .toList();
        if (!byLeads.isEmpty()) {
            var table = new FigureTable(
                    Column.words(translate("known.item")),
                    Column.words(translate("known.by")),
                    Column.words(translate("table.actions")));
            byLeads.forEach(answer -> table.row(
                    written(answer.item()),
                    written(String.valueOf(answer.createdBy()), "muted"),
                    act(
                            "known.withdraw",
                            answer.item(),
                            () -> known.withdraw(account.person(), campaign, answer.pair()))));
            content.add(table);
        }
        proposals();
    }

    /** What is in doubt is withdrawn, so that it stops counting against anybody; what did its work is retired. */
    private Component action(GoldHealth pair) {
        return switch (pair.state()) {
            case BAD, SUSPENDED ->
                act("known.withdraw", pair.item(), () -> known.withdraw(account.person(), campaign, pair.pair()));
            case WORN, SOUND ->
                act("known.retire", pair.item(), () -> known.retire(account.person(), campaign, pair.pair()));
            case RETIRED ->
                act("known.withdraw", pair.item(), () -> known.withdraw(account.person(), campaign, pair.pair()));
        };
    }

    private void proposals() {
        var proposals = known.proposals(account.person(), campaign, PROPOSALS);
        if (proposals.isEmpty()) {
            content.add(box("body", foot(translate("known.none"))));
            return;
        }
        var table = new FigureTable(
                Column.words(translate("queue.column.pair")),
                Column.words(translate("queue.column.instruction")),
                Column.words(translate("known.agreed")),
                Column.words(translate("table.actions")));
        proposals.forEach(proposal -> table.row(
                GoldTable.thumbnails(
                        campaign,
                        proposal.pair(),
                        proposal.item(),
                        proposal.first(),
                        proposal.source(),
                        proposal.second()),
                new Div(written(proposal.instruction()), box("sub2", written(proposal.item()))),
                new Div(text(overall(proposal.verdicts())), box("sub2", text(said(proposal)))),
                act(
                        "known.use",
                        proposal.instruction(),
                        () -> known.set(account.person(), campaign, proposal.pair(), null, Map.of()))));
        content.add(box("body", foot(translate("known.proposals"))), table);
    }

    /** Does something to a pair; why it cannot be done is said above the list. */
    private Component act(String key, String which, Runnable work) {
        var button = new Button(translate(key), click -> {
            try {
                work.run();
                draw();
            } catch (Problem problem) {
                content.addComponentAsFirst(box("body", note(Icon.WARNING, problem.detail(), "warn")));
            }
        });
        button.addThemeNames("small");
        button.setAriaLabel(translate(key) + ": " + which);
        return button;
    }

    private static String said(Proposal proposal) {
        var labels = translate("known.labels", Figures.count(proposal.labels()));
        var probability = proposal.probability();
        return probability == null
                ? labels
                : labels + ", " + translate("known.probability", Figures.percent(probability));
    }

    private static String overall(Map<String, String> verdicts) {
        return GoldTable.verdict(Objects.requireNonNull(verdicts.get(Protocol.OVERALL)));
    }
}
