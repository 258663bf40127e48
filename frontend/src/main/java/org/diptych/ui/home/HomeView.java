package org.diptych.ui.home;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import org.diptych.service.adjudication.AdjudicationQueue;
import org.diptych.service.campaign.AnnotatorCampaign;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.conduct.Appeals;
import org.diptych.service.qualification.Standings;
import org.diptych.ui.annotate.AnnotateView;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Shell;

/** Where a person lands: leads on the list of campaigns, annotators on the campaigns they label in. */
@Route(value = "", layout = Shell.class)
@PermitAll
class HomeView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final CurrentAccount account;
    private final CampaignProgressService campaigns;
    private final Standings standings;
    private final AdjudicationQueue disputed;
    private final Appeals appeals;

    HomeView(
            CurrentAccount account,
            CampaignProgressService campaigns,
            Standings standings,
            AdjudicationQueue disputed,
            Appeals appeals) {
        this.appeals = appeals;
        this.disputed = disputed;
        this.account = account;
        this.campaigns = campaigns;
        this.standings = standings;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (account.leads()) {
            event.forwardTo("campaigns");
            return;
        }
        removeAll();
        add(new PageHead(getTranslation("home.title")));
        var mine = campaigns.annotating(account.person());
        var judging = disputed.campaigns(account.person());
        if (mine.isEmpty() && judging.isEmpty()) {
            var empty = box("panel empty", new H2(getTranslation("home.empty")));
            empty.add(new Paragraph(getTranslation("home.empty.help")));
            add(empty);
            return;
        }
        var cards = box("cards");
        boolean first = true;
        for (var campaign : mine) {
            var next = NextStep.of(standings.of(account.person(), campaign.id()));
            boolean possible = next.possible() && !campaign.state().equals("PAUSED");
            cards.add(card(campaign, next, possible, possible && first));
            first &= !possible;
        }
        judging.forEach(each -> cards.add(judging(each)));
        add(cards);
    }

    /** A campaign in which this person decides what annotators disagree on. */
    private Div judging(CampaignName campaign) {
        int waiting = disputed.waiting(account.person(), campaign.id());
        var go = new Anchor(
                "campaigns/" + campaign.id() + "/adjudicate",
                Icon.SCALES.draw(),
                text(getTranslation("adjudicate.open")));
        go.addClassName("button");
        return box(
                "card",
                new H2(written(campaign.name())),
                muted("adjudicate.home", Figures.count(waiting)),
                new Div(go));
    }

    /**
     * A campaign, with what this person does there next.
     *
     * @param leading whether it is the first one where something can be done
     */
    private Div card(AnnotatorCampaign campaign, NextStep next, boolean possible, boolean leading) {
        var card = box("card", new H2(written(campaign.name())));
        if (campaign.mine() > 0) {
            card.add(muted("home.progress", Figures.count(campaign.mine()), Figures.count(campaign.today())));
        }
        if (next.questions() > 0) {
            card.add(muted("home.test", next.questions(), next.triesLeft()));
        }
        if (possible) {
            var go = new Anchor("annotate/" + campaign.id(), Icon.ANNOTATE.draw(), text(said(next.text())));
            go.addClassName("button");
            if (leading) {
                go.addClassName("primary");
            }
            AnnotateView.asPageOfItsOwn(go);
            card.add(new Div(go));
        } else {
            card.add(text(next.possible() ? getTranslation("home.paused") : said(next.text()), "s"));
        }
        var mine = new Anchor("my-figures/" + campaign.id(), getTranslation("conduct.mine"));
        mine.addClassName("s");
        if (appeals.paused(account.person(), campaign.id())) {
            card.add(note(Icon.WARNING, getTranslation("conduct.home.paused"), "warn"));
        }
        card.add(new Div(mine));
        return card;
    }

    private Span muted(String key, Object... parameters) {
        return text(getTranslation(key, parameters), "s", "muted");
    }

    private String said(NextStep.Text text) {
        return getTranslation(text.key(), text.parameters());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("home.title") + " · Diptych";
    }
}
