package org.diptych.ui.acquisition;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.figure;

import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.acquisition.QueueEntry;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.campaign.CampaignProgress;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
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
    private static final int LISTED = 50;

    private final QueueService queue;
    private final CampaignProgressService progress;
    private final CurrentAccount account;
    private final PageHead head = new PageHead(title());
    private final Div figures = box("kpis");
    private final QueueGrid grid = new QueueGrid();
    private final Div none = box("body", Parts.text(getTranslation("queue.empty"), "muted", "s"));
    private final Aside detail = new Aside();
    private @Nullable UUID campaign;
    private @Nullable UUID chosen;

    QueueView(QueueService queue, CampaignProgressService progress, CurrentAccount account) {
        super("nav.queue");
        this.queue = queue;
        this.progress = progress;
        this.account = account;
        grid.asSingleSelect().addValueChangeListener(change -> {
            if (change.getValue() != null) {
                explain(change.getValue());
            }
        });
        LiveRefresh.every(Duration.ofSeconds(3), this, this::refresh);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var list = new Panel(getTranslation("queue.next")).wide(grid, none);
        add(head, figures, box("aside", list, detail));
        refresh();
    }

    private void refresh() {
        var id = Objects.requireNonNull(campaign);
        var next = queue.next(account.person(), id, LISTED);
        if (grid.show(next)) {
            draw(progress.progress(account.person(), id), next);
        }
    }

    private void draw(CampaignProgress now, List<QueueEntry> next) {
        var uniform = now.slots("UNIFORM");
        var all = now.allSlots();
        var batch = next.stream().filter(entry -> entry.policy() != null).toList();
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
        detail.removeAll();
        detail.add(new PairDetail(Objects.requireNonNull(campaign), entry, grid.largest()));
    }
}
