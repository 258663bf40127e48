package org.diptych.ui.audit;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.AccountZones;
import org.diptych.service.history.AuditTrail;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Shell;

/** What was done in a campaign, for its leads. */
@Route(value = "campaigns/:campaign/audit", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class CampaignAuditView extends CampaignPage {
    private final AuditTrail trail;
    private final AccountZones zones;
    private final CurrentAccount account;
    private QueryParameters asked = QueryParameters.empty();

    CampaignAuditView(AuditTrail trail, AccountZones zones, CurrentAccount account) {
        super("audit.title");
        this.trail = trail;
        this.zones = zones;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        asked = event.getLocation().getQueryParameters();
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID campaign) {
        var zone = zones.of(account.person());
        add(
                new PageHead(title()).says(getTranslation("audit.sub", zone.getId())),
                new AuditPanels(
                        "campaigns/" + campaign + "/audit",
                        trail,
                        account.person(),
                        zone,
                        AuditAddress.of(asked).of(campaign),
                        List.of()));
    }
}
