package org.diptych.ui.acquisition;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.figure;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.acquisition.ChoicePreviews;
import org.diptych.service.acquisition.QueueByHand;
import org.diptych.service.acquisition.QueueEntry;
import org.diptych.service.acquisition.QueuePlaces;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.campaign.CampaignProgress;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.PolicyNames;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** The acquisition queue: what waits, in which order, and why. */
@Route(value = "campaigns/:campaign/queue", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class QueueView extends CampaignPage {
    /** What stands in place of a policy where a person has chosen. */
    static final String PERSON = "person";

    private static final int LISTED = 50;
    private static final int MOST_VETOED = 50;

    private final QueueService queue;
    private final QueueByHand hand;
    private final QueuePlaces places;
    private final ChoicePreviews previews;
    private final CampaignService campaigns;
    private final PolicyNames policies;
    private final CampaignProgressService progress;
    private final CurrentAccount account;
    private final PageHead head = new PageHead(title());
    private final Div figures = box("kpis");
    private final QueueGrid grid = new QueueGrid();
    private final Div none = box("body", Parts.text(getTranslation("queue.empty"), "muted", "s"));
    private final Aside detail = new Aside();
    private final Div vetoed = new Div();
    private final Div said = new Div();
    private final Button move = new Button();
    private List<UUID> picked = List.of();
    private List<QueuePlaces.Vetoed> kept = List.of();
    private long allKept;
    private @Nullable PolicyPanel policy;
    private @Nullable UUID campaign;
    private @Nullable UUID chosen;
    private @Nullable QueueEntry explained;

    QueueView(
            QueueService queue,
            QueueByHand hand,
            QueuePlaces places,
            ChoicePreviews previews,
            CampaignService campaigns,
            PolicyNames policies,
            CampaignProgressService progress,
            CurrentAccount account) {
        super("nav.queue");
        this.queue = queue;
        this.hand = hand;
        this.places = places;
        this.previews = previews;
        this.campaigns = campaigns;
        this.policies = policies;
        this.progress = progress;
        this.account = account;
        grid.asSingleSelect().addValueChangeListener(change -> {
            if (change.getValue() != null) {
                explain(change.getValue());
            }
        });
        grid.letPick(this::offer);
        detail.addClassName("stack");
        said.getElement().setAttribute("role", "status");
        move.addThemeNames("small");
        move.addClickListener(click -> moveToFront());
        LiveRefresh.every(Duration.ofSeconds(3), this, this::refresh);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var list = new Panel(getTranslation("queue.next")).end(move).wide(said, grid, none);
        policy = new PolicyPanel(campaigns, policies, previews, account, id);
        offer(List.of());
        add(head, figures, box("aside", box("stack", list, policy, vetoed), detail));
        refresh();
    }

    /** Says what a click would move to the front. */
    private void offer(List<UUID> pairs) {
        picked = pairs;
        move.setEnabled(!pairs.isEmpty());
        move.setText(
                pairs.isEmpty()
                        ? getTranslation("queue.move.none")
                        : getTranslation("queue.move", Figures.count(pairs.size())));
    }

    private void moveToFront() {
        said.removeAll();
        try {
            hand.pin(account.person(), Objects.requireNonNull(campaign), picked);
            grid.unpick();
            offer(List.of());
        } catch (Problem problem) {
            said.add(Parts.note(Icon.WARNING, problem.detail(), "warn"));
        }
        refresh();
    }

    /** The pairs that models are kept off, with the way back. */
    private void drawVetoed() {
        var id = Objects.requireNonNull(campaign);
        var pairs = places.vetoed(account.person(), id, null, MOST_VETOED);
        long all = pairs.size() < MOST_VETOED ? pairs.size() : places.countVetoed(account.person(), id);
        if (pairs.equals(kept) && all == allKept) {
            return;
        }
        kept = pairs;
        allKept = all;
        vetoed.removeAll();
        if (pairs.isEmpty()) {
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("queue.item")),
                Column.words(getTranslation("queue.vetoed.by")),
                Column.words(getTranslation("table.actions")));
        for (var pair : pairs) {
            var allow = new Button(getTranslation("place.allow"), click -> allow(pair.pair()));
            allow.addThemeNames("small");
            table.row(
                    box(
                            "",
                            new Anchor("campaigns/" + id + "/pairs/" + pair.pair(), pair.item()),
                            written(pair.instruction(), "sub2")),
                    text(pair.veto().by() + ", " + Figures.moment(pair.veto().at()), "muted"),
                    box("r", allow));
        }
        var panel = new Panel(getTranslation("queue.vetoed.title"))
                .says(getTranslation("queue.vetoed.help"))
                .wide(table);
        if (all > pairs.size()) {
            panel.end(text(
                    getTranslation("queue.vetoed.latest", Figures.count(pairs.size()), Figures.count(all)),
                    "muted",
                    "xs"));
        }
        vetoed.add(panel);
    }

    private void allow(UUID pair) {
        said.removeAll();
        try {
            hand.allow(account.person(), Objects.requireNonNull(campaign), pair);
            drawVetoed();
            reexplain();
        } catch (Problem problem) {
            said.add(Parts.note(Icon.WARNING, problem.detail(), "warn"));
        }
    }

    private void refresh() {
        var id = Objects.requireNonNull(campaign);
        Objects.requireNonNull(policy).refresh();
        var next = queue.next(account.person(), id, LISTED);
        if (grid.show(next)) {
            draw(progress.progress(account.person(), id), next);
        }
        drawVetoed();
    }

    private void draw(CampaignProgress now, List<QueueEntry> next) {
        var uniform = now.slots("UNIFORM");
        var all = now.allSlots();
        var batch = next.stream()
                .filter(entry -> entry.policy() != null && !PERSON.equals(entry.policy()))
                .toList();
        head.says(batch.isEmpty() ? getTranslation("queue.sub.random") : picked(batch.getFirst()));
        double smallest = next.stream()
                .mapToDouble(QueueEntry::selectionProbability)
                .min()
                .orElse(1);
        figures.removeAll();
        figures.add(
                figure(
                        getTranslation("queue.open"),
                        Figures.count(all.open()),
                        getTranslation("queue.open.held", Figures.count(all.leased()))),
                figure(
                        getTranslation("queue.waiting.uniform"),
                        Figures.count(uniform.open()),
                        getTranslation(
                                "queue.filled", Figures.count(uniform.filled()), Figures.count(uniform.wanted()))),
                figure(
                        getTranslation("queue.share"),
                        all.filled() == 0 ? "–" : Figures.percent((double) uniform.filled() / all.filled()),
                        getTranslation("queue.share.of", Figures.count(all.filled()))),
                figure(
                        getTranslation("queue.smallest"),
                        Figures.probability(smallest),
                        getTranslation("queue.smallest.of", Figures.count(next.size()))));
        grid.setVisible(!next.isEmpty());
        none.setVisible(next.isEmpty());
        detail.setVisible(!next.isEmpty());
        reselect(next).ifPresent(entry -> {
            grid.asSingleSelect().setValue(entry);
            explain(entry);
        });
    }

    private String picked(QueueEntry entry) {
        var model = entry.modelVersion();
        return model == null
                ? getTranslation("queue.sub.policy", String.valueOf(entry.policy()))
                : getTranslation("queue.sub.model", String.valueOf(entry.policy()), model);
    }

    private Optional<QueueEntry> reselect(List<QueueEntry> next) {
        return next.stream()
                .filter(entry -> entry.pair().equals(chosen))
                .findFirst()
                .or(() -> next.stream().findFirst());
    }

    private void explain(QueueEntry entry) {
        chosen = entry.pair();
        explained = entry;
        var id = Objects.requireNonNull(campaign);
        detail.removeAll();
        detail.add(
                new PairDetail(id, entry, grid.largest()),
                new PlacePanel(places, hand, account, id, entry.pair(), this::refresh));
    }

    private void reexplain() {
        var entry = explained;
        if (entry != null) {
            explain(entry);
        }
    }
}
