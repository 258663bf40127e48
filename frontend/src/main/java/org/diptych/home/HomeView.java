package org.diptych.home;

import static org.diptych.shell.Parts.box;
import static org.diptych.shell.Parts.text;
import static org.diptych.shell.Parts.written;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import org.diptych.annotate.AnnotateView;
import org.diptych.campaign.AnnotatorCampaign;
import org.diptych.campaign.CampaignProgressService;
import org.diptych.shell.CurrentAccount;
import org.diptych.shell.Figures;
import org.diptych.shell.Icon;
import org.diptych.shell.PageHead;
import org.diptych.shell.Shell;

/** Where a person lands: leads on the list of campaigns, annotators on the campaigns they label in. */
@Route(value = "", layout = Shell.class)
@PermitAll
class HomeView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final CurrentAccount account;
    private final CampaignProgressService campaigns;

    HomeView(CurrentAccount account, CampaignProgressService campaigns) {
        this.account = account;
        this.campaigns = campaigns;
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
        if (mine.isEmpty()) {
            var empty = box("panel empty", new H2(getTranslation("home.empty")));
            empty.add(new Paragraph(getTranslation("home.empty.help")));
            add(empty);
            return;
        }
        var cards = box("cards");
        mine.forEach(campaign -> cards.add(card(campaign)));
        add(cards);
    }

    private Div card(AnnotatorCampaign campaign) {
        var open = new Anchor("annotate/" + campaign.id(), Icon.ANNOTATE.draw(), text(getTranslation("nav.workspace")));
        open.addClassNames("button", "primary");
        AnnotateView.asPageOfItsOwn(open);
        var line = text(
                getTranslation(
                        "home.progress",
                        Figures.count(campaign.mine()),
                        Figures.count(campaign.today()),
                        Figures.count(campaign.open())),
                "s",
                "muted");
        var card = box("card", new H2(written(campaign.name())), line);
        if (campaign.state().equals("PAUSED")) {
            card.add(text(getTranslation("home.paused"), "s"));
        } else {
            card.add(new Div(open));
        }
        return card;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("home.title") + " · Diptych";
    }
}
