package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.diptych.service.campaign.CampaignProgress;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.dataset.ExportChoices;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportJobs;
import org.diptych.service.dataset.ExportPreviews;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.dataset.ExportWish;
import org.diptych.service.pair.PairSearch;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.ExclusionNote;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/**
 * Export page: what is to be in the file, the first rows of it, and the files that were made. What is chosen is said in the
 * address.
 */
@Route(value = "campaigns/:campaign/export", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ExportView extends CampaignPage {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final ExportService exports;
    private final ExportJobs jobs;
    private final ExportPreviews previews;
    private final ExportChoices choices;
    private final PairSearch pairs;
    private final CampaignProtocols protocols;
    private final CampaignProgressService progress;
    private final Conduct conduct;
    private final CurrentAccount account;
    private ExportWish asked = new ExportWish("jsonl", List.of(), null, null, null, null, null);
    private Runnable look = () -> {};

    ExportView(
            ExportService exports,
            ExportJobs jobs,
            ExportPreviews previews,
            ExportChoices choices,
            PairSearch pairs,
            CampaignProtocols protocols,
            CampaignProgressService progress,
            Conduct conduct,
            CurrentAccount account) {
        super("nav.export");
        this.exports = exports;
        this.jobs = jobs;
        this.previews = previews;
        this.choices = choices;
        this.pairs = pairs;
        this.protocols = protocols;
        this.progress = progress;
        this.conduct = conduct;
        this.account = account;
        LiveRefresh.every(LOOK_EVERY, this, () -> look.run());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        asked = ExportAddress.of(event.getLocation().getQueryParameters());
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID campaign) {
        var who = account.person();
        var now = progress.progress(who, campaign);
        var exclusions = conduct.exclusions(who, campaign);
        var preview = new ExportPreviewPanel(previews);
        var direct = new Div();
        var changed = new Runnable[] {() -> {}};
        var form = new ExportForm(
                format -> obstacle(campaign, format),
                protocols.versions(who, campaign).stream()
                        .map(CampaignProtocols.ProtocolVersion::reference)
                        .toList(),
                choices.annotators(who, campaign),
                pairs.models(who, campaign),
                () -> changed[0].run());
        form.show(asked);
        var made = new ExportJobsPanel(jobs, account, campaign, wish -> jobs.request(account.person(), campaign, wish));
        look = made::refresh;
        changed[0] = () -> {
            preview.empty();
            var wish = form.wish();
            address(wish);
            direct.removeAll();
            direct.add(link(campaign, wish));
        };
        direct.add(link(campaign, form.wish()));
        var ask = new Button(getTranslation("export.preview.ask"), click -> {
            if (!form.complains()) {
                preview.ask(account.person(), campaign, form.wish(), form::refuse);
            }
        });
        var start = new Button(getTranslation("export.start"), click -> start(campaign, form, made));
        start.addThemeNames("primary");
        add(
                new PageHead(title()).says(getTranslation("export.sub")),
                new ExclusionNote(campaign, exclusions),
                box(
                        "aside",
                        box("stack", form, preview),
                        new Aside(box(
                                "stack",
                                new Panel(getTranslation("export.result")).body(box("row wrap", start, ask, direct)),
                                made,
                                contents(now, !exclusions.isEmpty())))));
    }

    private void start(UUID campaign, ExportForm form, ExportJobsPanel made) {
        if (form.complains()) {
            return;
        }
        try {
            jobs.request(account.person(), campaign, form.wish());
            made.refresh();
        } catch (Problem problem) {
            form.refuse(problem);
        }
    }

    private @Nullable String obstacle(UUID campaign, ExportFormat format) {
        try {
            exports.prepare(account.person(), campaign, format);
            return null;
        } catch (Problem impossible) {
            return impossible.detail();
        }
    }

    /** The same at once, without a trace of it here: for what is small. */
    private Div link(UUID campaign, ExportWish wish) {
        var query = ExportAddress.query(wish);
        var parameters = query.contains("&") ? query.substring(query.indexOf('&')) : "";
        return box(
                "row",
                ExportButtons.button(
                        campaign, ExportFormat.of(wish.format()), parameters, getTranslation("export.direct")));
    }

    private static void address(ExportWish wish) {
        var page = UI.getCurrent().getPage();
        page.executeJs(
                "history.replaceState(history.state, '', location.pathname + '?' + $0)", ExportAddress.query(wish));
    }

    private Panel contents(CampaignProgress now, boolean excluding) {
        var facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "overview.labels", Figures.count(now.labels()));
        fact(facts, "export.skips", Figures.count(now.skips()));
        fact(facts, "export.flagged", Figures.count(now.flagged()));
        fact(facts, "export.pairs", Figures.count(now.pairs()));
        fact(facts, "export.protocol", now.protocol());
        fact(facts, "export.last", Figures.moment(now.lastLabelAt(), "–"));
        // what was given, not what a file holds: that is known only when it is written
        return excluding
                ? new Panel(getTranslation("export.given"))
                        .says(getTranslation("export.given.help"))
                        .body(facts)
                : new Panel(getTranslation("export.contents")).body(facts);
    }

    private void fact(DescriptionList facts, String key, String value) {
        facts.add(new DescriptionList.Term(getTranslation(key)), new DescriptionList.Description(value));
    }
}
