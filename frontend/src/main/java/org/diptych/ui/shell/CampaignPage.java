package org.diptych.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import java.util.UUID;

/** A lead's page about one campaign, named in its address. The services behind it check who may see it. */
public abstract class CampaignPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final String title;
    private String about = "Diptych";

    /** A page whose title is the translation of the given key. */
    protected CampaignPage(String titleKey) {
        this.title = getTranslation(titleKey);
    }

    /** Fills the page for the given campaign. */
    protected abstract void open(UUID campaign);

    /** The page's title. */
    protected String title() {
        return title;
    }

    /** Of several open pages the browser's tabs say which campaign each is about. */
    void about(String campaign) {
        about = campaign;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var campaign = event.getRouteParameters().get("campaign").orElse("");
        UUID id;
        try {
            id = UUID.fromString(campaign);
        } catch (IllegalArgumentException e) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        removeAll();
        open(id);
    }

    @Override
    public String getPageTitle() {
        return title + " · " + about;
    }
}
