package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.diptych.service.edge.ContentPolicy;
import org.diptych.service.problem.Problem;
import org.diptych.ui.annotate.OpenWorkspaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What every page starts with: the account's language and theme, and errors said in words. */
@Component
class PageDefaults implements VaadinServiceInitListener {
    private static final Logger LOG = LoggerFactory.getLogger(PageDefaults.class);
    private static final int READING_TIME = 8_000;
    private static final int PATIENCE = 1_500;
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final transient CurrentAccount account;

    PageDefaults(CurrentAccount account) {
        this.account = account;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(session -> session.getSession().setErrorHandler(PageDefaults::say));
        event.addIndexHtmlRequestListener(host -> {
            // before the first script: it tells screen readers how to speak and charts how to write dates
            var language = account.present()
                    ? account.language()
                    : VaadinSession.getCurrent().getLocale();
            host.getDocument().getElementsByTag("html").attr("lang", language.toLanguageTag());
            admitScripts(host);
        });
        event.getSource().addUIInitListener(start -> {
            var page = start.getUI();
            OpenWorkspaces.tell(page);
            page.addBeforeEnterListener(enter -> OwnPasswordFirst.lead(enter, account));
            // pages that ask every second must not flash when one answer takes a little longer
            page.getLoadingIndicatorConfiguration().setFirstDelay(PATIENCE);
            if (account.present()) {
                page.setLocale(account.language());
                page.getPage().setColorScheme(account.theme().scheme());
            }
        });
    }

    /** What was injected into a page is no script of the page: it does not know what was drawn for this answer. */
    private static void admitScripts(IndexHtmlResponse page) {
        var bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        page.getDocument().getElementsByTag("script").attr("nonce", nonce);
        page.getVaadinResponse().setHeader(ContentPolicy.HEADER, ContentPolicy.ofPage(nonce));
        page.getVaadinResponse().setHeader("Cache-Control", "no-store");
    }

    private static void say(ErrorEvent event) {
        var page = UI.getCurrent();
        if (event.getThrowable() instanceof Problem problem) {
            if (page != null) {
                Notification.show(problem.detail(), READING_TIME, Notification.Position.BOTTOM_CENTER);
            }
            return;
        }
        LOG.error("A page failed", event.getThrowable());
        if (page != null) {
            Notification.show(translate("error.unexpected"), READING_TIME, Notification.Position.BOTTOM_CENTER);
        }
    }
}
