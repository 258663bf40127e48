package org.diptych.ui.annotate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;

/**
 * Hosts {@code <annotation-workspace>}, which talks to the annotation interface itself: no judgement goes through this
 * view, so neither a slow server nor a lost push connection makes an annotator wait. The component learns its campaign and
 * its language here and everything else, membership included, from the interface.
 */
@Route("annotate/:campaign")
@PermitAll
public class AnnotateView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final Element workspace = new Element("annotation-workspace");

    AnnotateView() {
        setSizeFull();
        getElement().appendChild(workspace);
    }

    /**
     * Makes a link to the workspace load it as a page: only then does its service worker see the page's requests, and
     * nothing of the page before lives on in it.
     */
    public static void asPageOfItsOwn(Anchor link) {
        link.getElement().setAttribute("router-ignore", true);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        workspace.setAttribute(
                "campaign", event.getRouteParameters().get("campaign").orElseThrow());
        workspace.setAttribute("language", getLocale().getLanguage());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().getPage().addJsModule("context://wc/workspace.js");
    }

    @Override
    public String getPageTitle() {
        return getTranslation("annotate.title") + " · Diptych";
    }
}
