package org.diptych.ui.audit;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import org.diptych.service.account.AccountZones;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.history.AuditTrail;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Shell;

/** The whole audit log, for administrators. */
@Route(value = "audit", layout = Shell.class)
@RolesAllowed("ADMIN")
class AuditView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private final AuditTrail trail;
    private final CampaignProgressService campaigns;
    private final AccountZones zones;
    private final CurrentAccount account;

    AuditView(AuditTrail trail, CampaignProgressService campaigns, AccountZones zones, CurrentAccount account) {
        this.trail = trail;
        this.campaigns = campaigns;
        this.zones = zones;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        var reader = account.person();
        var zone = zones.of(reader);
        add(
                new PageHead(getTranslation("audit.title")).says(getTranslation("audit.sub", zone.getId())),
                new AuditPanels(
                        "audit",
                        trail,
                        reader,
                        zone,
                        AuditAddress.of(event.getLocation().getQueryParameters()),
                        campaigns.names(reader)));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("audit.title") + " · Diptych";
    }
}
