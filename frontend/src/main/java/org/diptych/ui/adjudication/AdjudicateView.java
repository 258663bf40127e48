package org.diptych.ui.adjudication;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.UUID;
import org.diptych.service.adjudication.AdjudicationQueue;
import org.diptych.ui.shell.BrowserCode;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** Where adjudicators and leads decide disputed pairs. The work itself is done in the browser, by keys. */
@Route(value = "campaigns/:campaign/adjudicate", layout = Shell.class)
@PermitAll
class AdjudicateView extends CampaignPage {
    private final AdjudicationQueue queue;
    private final CurrentAccount account;
    private @Nullable String wanted;

    AdjudicateView(AdjudicationQueue queue, CurrentAccount account) {
        super("nav.adjudicate");
        this.queue = queue;
        this.account = account;
        addClassName("whole");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("pair")
                .orElse(null);
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID campaign) {
        // whoever may not see it gets the page that says so
        queue.waiting(account.person(), campaign);
        var desk = new Element("adjudication-desk");
        desk.setAttribute("campaign", campaign.toString());
        desk.setAttribute("language", getLocale().getLanguage());
        if (wanted != null) {
            desk.setAttribute("pair", wanted);
        }
        getElement().appendChild(desk);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        BrowserCode.ADJUDICATION.on(attached);
    }
}
