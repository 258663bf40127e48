package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.agreement.AgreementFigureService;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFilter;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.pair.PairSearch;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.ExclusionNote;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** How well the annotators of a campaign agree, and what explains it. What is counted is said in the address. */
@Route(value = "campaigns/:campaign/agreement", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class AgreementView extends CampaignPage {
    private static final Duration REFRESH = Duration.ofSeconds(2);
    /** The page comes with its figures where they are there by then, and else without them, and then with them. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final AgreementFigureService service;
    private final ProtocolService protocols;
    private final PairSearch pairs;
    private final Conduct conduct;
    private final CurrentAccount account;
    private final PageHead head;
    private final Div filters = new Div();
    private final Div content = new Div();
    private AgreementAddress address = new AgreementAddress(AgreementFilter.DEFAULT, null, null);
    private @Nullable UUID campaign;
    private @Nullable AgreementFigures shown;
    private @Nullable AgreementPanels panels;
    private boolean refused;

    AgreementView(
            AgreementFigureService service,
            ProtocolService protocols,
            PairSearch pairs,
            Conduct conduct,
            CurrentAccount account) {
        super("nav.agreement");
        this.service = service;
        this.protocols = protocols;
        this.pairs = pairs;
        this.conduct = conduct;
        this.account = account;
        this.head = new PageHead(title());
        LiveRefresh.every(REFRESH, this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        address = AgreementAddress.of(event.getLocation().getQueryParameters());
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        shown = null;
        panels = null;
        refused = false;
        filters.removeAll();
        content.removeAll();
        content.add(note(Icon.INFO, getTranslation("agreement.computing"), ""));
        content.getElement().setAttribute("aria-busy", "true");
        add(head, new ExclusionNote(id, conduct.exclusions(account.person(), id)), filters, content);
        refresh();
    }

    private void refresh() {
        var id = Objects.requireNonNull(campaign);
        if (refused) {
            return;
        }
        try {
            service.of(account.person(), id, address.filter(), PATIENCE).ifPresent(figures -> {
                if (!figures.equals(shown)) {
                    show(id, figures);
                }
            });
        } catch (Problem problem) {
            if (problem.status().value() != 422) {
                throw problem;
            }
            refused = true;
            content.removeAll();
            content.getElement().removeAttribute("aria-busy");
            content.add(
                    note(Icon.WARNING, problem.detail(), "warn"),
                    new Anchor("campaigns/" + id + "/agreement", getTranslation("agreement.everything")));
        }
    }

    private void show(UUID id, AgreementFigures figures) {
        var basis = figures.basis();
        var names =
                new DimensionNames(protocols.bySha256(basis.protocolSha256()).protocol(), getLocale());
        var before = shown;
        shown = figures;
        head.says(getTranslation(
                "agreement.sub",
                Figures.count(basis.labels()),
                basis.protocol(),
                Figures.moment(basis.at()),
                Figures.count(basis.comparable())));
        if (before == null || !before.choices().equals(figures.choices())) {
            filters.removeAll();
            filters.add(new FilterBar(address.filter(), figures, names, filter -> go(address.with(filter))));
            if (!basis.current()) {
                filters.add(note(Icon.INFO, getTranslation("agreement.notcurrent", basis.protocol()), "gap"));
            }
        }
        if (panels == null) {
            panels = new AgreementPanels(id, address, report(id), (one, other) -> go(address.between(one, other)));
            content.removeAll();
            content.getElement().removeAttribute("aria-busy");
            content.add(panels);
            between(id, panels);
        }
        panels.show(figures, names, disputed -> pairs.of(account.person(), id, disputed));
    }

    private Anchor report(UUID id) {
        var report = new Anchor(
                "api/v1/campaigns/" + id + "/agreement/figures"
                        + address.with(address.filter()).query(),
                Icon.EXPORT.draw(),
                text(getTranslation("agreement.report")));
        report.addClassName("button");
        report.getElement().setAttribute("download", "agreement.json").setAttribute("router-ignore", true);
        return report;
    }

    private void between(UUID id, AgreementPanels into) {
        var one = address.one();
        var other = address.other();
        if (one != null && other != null) {
            var disputed = service.between(account.person(), id, address.filter(), one, other);
            into.between(
                    one,
                    other,
                    disputed,
                    pairs.of(
                            account.person(),
                            id,
                            disputed.stream()
                                    .map(AgreementFigures.Disputed::pair)
                                    .toList()));
        }
    }

    private void go(AgreementAddress to) {
        QueryParameters parameters = to.parameters();
        UI.getCurrent().navigate("campaigns/" + campaign + "/agreement", parameters);
    }
}
