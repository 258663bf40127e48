package org.diptych.ui.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The host page: Aura, then the design tokens, then the styles of the lead pages. */
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://wc/tokens.css")
@StyleSheet("context://wc/lead.css")
class ApplicationShell implements AppShellConfigurator {
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'"
                    + "%3E%3Crect width='22' height='22' rx='4' fill='%23fff'/%3E%3Cg stroke='%231d1d1d' stroke-width='2'"
                    + "%3E%3Crect x='2' y='4' width='8' height='14' rx='1.5' fill='none'/%3E%3Crect x='12' y='4' width='8'"
                    + " height='14' rx='1.5' fill='%231d1d1d'/%3E%3C/g%3E%3C/svg%3E";

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addLink("icon", ICON);
        settings.addMetaTag("color-scheme", "light dark");
    }
}
