package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.account.AccountZones;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.conduct.Exclusion;
import org.diptych.service.quality.AnnotatorService;
import org.diptych.service.quality.AnnotatorStanding;
import org.diptych.service.quality.GoldService;
import org.diptych.service.quality.KnownAnswers;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** The annotators of a campaign: qualification, gold, pace. By name; nobody is ranked. */
@Route(value = "campaigns/:campaign/annotators", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class AnnotatorsView extends CampaignPage {
    private final AnnotatorService annotators;
    private final Conduct conduct;
    private final KnownAnswers known;
    private final GoldService gold;
    private final AccountZones zones;
    private final CurrentAccount account;
    private final Div list = new Div();
    private final Div aside = new Div();
    private @Nullable UUID campaign;

    AnnotatorsView(
            AnnotatorService annotators,
            Conduct conduct,
            KnownAnswers known,
            GoldService gold,
            AccountZones zones,
            CurrentAccount account) {
        super("nav.annotators");
        this.annotators = annotators;
        this.conduct = conduct;
        this.known = known;
        this.gold = gold;
        this.zones = zones;
        this.account = account;
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        aside.addClassName("stack");
        aside.removeAll();
        var pairs = new KnownPairsPanel(known, gold, zones.of(account.person()), account, id);
        var pay = new Anchor("campaigns/" + id + "/annotators/payment", getTranslation("payment.title"));
        pay.addClassName("button");
        aside.add(new GoldPanel(known, account, id));
        add(
                new PageHead(title(), pay).says(getTranslation("annotators.sub")),
                box("aside", box("stack", new Panel(title()).wide(list), pairs), aside));
        draw();
    }

    private void draw() {
        list.removeAll();
        var id = Objects.requireNonNull(campaign);
        list.add(new AnnotatorTable(
                id,
                annotators.list(account.person(), id),
                conduct.paused(account.person(), id),
                conduct.exclusions(account.person(), id).stream()
                        .map(Exclusion::annotator)
                        .collect(Collectors.toSet()),
                this::offerTry));
    }

    /** A lead who gives another try says why; the form stands beside the table until then. */
    private void offerTry(AnnotatorStanding annotator) {
        aside.getChildren().filter(TryPanel.class::isInstance).toList().forEach(aside::remove);
        var form = new TryPanel(annotator, reason -> {
            annotators.grantTry(
                    account.person(),
                    Objects.requireNonNull(campaign),
                    annotator.account().id(),
                    reason);
            draw();
        });
        aside.addComponentAsFirst(form);
        form.focus();
    }
}
