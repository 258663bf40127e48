package org.diptych.ui.campaign;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.streams.UploadEvent;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.account.AccountService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.PolicyNames;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDrafts;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.draft.PowerPlans;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new campaign, or more pairs for one, from the upload to the launch. What is chosen is kept as a draft. */
@Route(value = "campaigns/new/:draft?", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class NewCampaignView extends Div implements BeforeEnterObserver, HasDynamicTitle, PairsPart.Wizard {
    private static final Logger LOG = LoggerFactory.getLogger(NewCampaignView.class);

    private final CampaignDrafts drafts;
    private final CampaignService campaigns;
    private final ProtocolService protocols;
    private final AccountService accounts;
    private final PowerPlans plans;
    private final List<String> policies;
    private final CurrentAccount account;
    private final Span saved = text("", "muted", "s");
    private final StepList steps = new StepList(this::go);
    private final Div body = box("stack");
    private final Div said = new Div();
    private final Div buttons = box("row wrap");
    // the same throughout: what is typed is kept before a click arrives, which must find its button there
    private final Button back =
            new Button(getTranslation("wizard.back"), click -> go(state().step().previous(state().newCampaign())));
    private final Button forward = new Button("", click -> goOn());
    private final SummaryPanel summary = new SummaryPanel();
    // an upload reads it in its own request
    private volatile WizardState state = WizardState.FIRST;
    private double seconds;
    private WizardPart part;

    NewCampaignView(
            CampaignDrafts drafts,
            CampaignService campaigns,
            ProtocolService protocols,
            AccountService accounts,
            PowerPlans plans,
            PolicyNames policies,
            CurrentAccount account) {
        this.drafts = drafts;
        this.campaigns = campaigns;
        this.protocols = protocols;
        this.accounts = accounts;
        this.plans = plans;
        this.policies = policies.all();
        this.account = account;
        this.part = pairs();
        saved.getElement().setAttribute("role", "status");
        said.getElement().setAttribute("role", "alert");
        forward.addThemeNames("primary");
        buttons.add(back, forward);
        var close = new Anchor("campaigns", getTranslation("import.close"));
        close.addClassName("button");
        add(new PageHead(getTranslation("campaigns.new"), saved, close).says(getTranslation("wizard.sub")));
        add(box(
                "wizard steps",
                steps,
                box("stack", body, said, buttons),
                new Aside(box("stack", summary, new ManifestHelp()))));
        LiveRefresh.every(Duration.ofSeconds(1), this, this::poll);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var draft = event.getRouteParameters().get("draft");
        if (draft.isPresent()) {
            state = WizardState.of(drafts.get(account.person(), id(draft.get())));
        }
        draw();
    }

    private static UUID id(String written) {
        try {
            return UUID.fromString(written);
        } catch (IllegalArgumentException none) {
            throw Problem.notFound("unknown_draft", "There is no such draft.");
        }
    }

    private void draw() {
        seconds = plans.basis(account.person(), state.choices().protocol()).seconds();
        part = switch (state.step()) {
            case PAIRS -> pairs();
            case PROTOCOL -> new ProtocolPart(protocols, state);
            case OVERLAP -> new OverlapPart(policies, plans, account.person(), state);
            case QUALITY -> new QualityPart(policies, protocols, state);
            case PEOPLE -> new PeoplePart(accounts, state, people -> save(with(state.choices(), people)));
            case REVIEW -> new ReviewPart(state, seconds, draft -> drafts.passwords(account.person(), draft.id()));
        };
        body.removeAll();
        body.add((Component) part);
        said.removeAll();
        drawAround();
    }

    private void drawAround() {
        steps.show(state);
        summary.show(state, seconds);
        buttons.setVisible(!state.locked());
        back.setVisible(state.step() != WizardStep.PAIRS);
        boolean last = state.step() == WizardStep.REVIEW;
        forward.setText(
                getTranslation(!last ? "wizard.continue" : state.newCampaign() ? "wizard.start" : "wizard.start.into"));
        forward.setEnabled(!last || state.ready());
    }

    private WizardState state() {
        return state;
    }

    private void goOn() {
        if (state.step() == WizardStep.REVIEW) {
            launch();
        } else {
            go(state.step().next(state.newCampaign()));
        }
    }

    private PairsPart pairs() {
        try {
            return new PairsPart(this, drafts.folders(account.person()), state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To another step, when this one is complete. */
    private void go(WizardStep wanted) {
        if (wanted == state.step() || state.locked()) {
            return;
        }
        var kept = part.chosen(state.choices()).filter(this::save);
        if (kept.isEmpty() || (part instanceof PairsPart first && first.obstructed(state))) {
            return;
        }
        // what is kept may have changed which steps there are
        var step = WizardStep.of(state.newCampaign()).contains(wanted)
                ? wanted
                : state.step().next(state.newCampaign());
        if (save(at(state.choices(), step))) {
            state = state.at(step);
            draw();
            body.getElement().setAttribute("tabindex", "-1").callJsFunction("focus");
        }
    }

    private static DraftChoices at(DraftChoices choices, WizardStep step) {
        return new DraftChoices(
                step.number(),
                choices.name(),
                choices.addTo(),
                choices.protocol(),
                choices.settings(),
                choices.gold(),
                choices.people());
    }

    private static DraftChoices with(DraftChoices choices, List<DraftChoices.Person> people) {
        return new DraftChoices(
                choices.step(),
                choices.name(),
                choices.addTo(),
                choices.protocol(),
                choices.settings(),
                choices.gold(),
                people);
    }

    /** Keeps what is chosen; false where it is refused, and the page says why. */
    private boolean save(DraftChoices wanted) {
        said.removeAll();
        try {
            var draft = state.draft();
            if (draft == null) {
                var made = drafts.create(account.person(), wanted);
                UI.getCurrent().getPage().getHistory().replaceState(null, "campaigns/new/" + made.id());
                read(made);
            } else if (!wanted.equals(draft.choices())) {
                read(drafts.save(account.person(), draft.id(), state.read(), wanted));
            }
            saved.setText(getTranslation("wizard.saved"));
            return true;
        } catch (Problem problem) {
            refused(problem);
            return false;
        }
    }

    private void refused(Problem problem) {
        var words = WizardWords.of(problem);
        if (!problem.code().equals("changed_meanwhile") && part.complain(WizardWords.field(problem), words)) {
            return;
        }
        said.removeAll();
        said.addClassName("stack");
        said.add(note(Icon.WARNING, words, "warn"));
        if (problem.code().equals("changed_meanwhile")) {
            said.add(new Div(new Button(getTranslation("wizard.theirs"), click -> {
                state.id().ifPresent(id -> state = WizardState.of(drafts.get(account.person(), id)));
                draw();
            })));
        }
    }

    /** The draft as it is now. */
    private void read(CampaignDraft draft) {
        show(state.with(draft));
    }

    private void show(WizardState now) {
        var before = state;
        state = now;
        if (state.step() == before.step()) {
            part.refresh(state);
            if (!around(before).equals(around(state))) {
                drawAround();
            }
        } else {
            draw();
        }
    }

    /** What the steps, the buttons and the figures depend on: while that is the same, nothing takes the focus away. */
    private static List<Object> around(WizardState state) {
        return List.of(
                state.step(),
                state.choices(),
                state.locked(),
                state.ready(),
                state.checked().isPresent());
    }

    private void poll() {
        if (state.working()) {
            try {
                state.id().ifPresent(id -> show(state.heard(drafts.get(account.person(), id))));
            } catch (Problem gone) {
                refused(gone);
            }
        }
        part.refresh(state);
    }

    private void launch() {
        said.removeAll();
        var id = state.id();
        if (id.isEmpty()) {
            return;
        }
        try {
            read(drafts.launch(account.person(), id.get(), state.read()));
        } catch (Problem problem) {
            var step = WizardStep.of(WizardWords.field(problem));
            if (step != WizardStep.REVIEW) {
                state = state.at(step);
                draw();
            }
            refused(problem);
        }
    }

    @Override
    public boolean taken(String name) {
        return campaigns.idOf(name).isPresent();
    }

    @Override
    public Optional<PairsPart.Existing> existing(String name) {
        try {
            return campaigns
                    .idOf(name)
                    .map(id -> new PairsPart.Existing(
                            id,
                            campaigns.overview(account.person(), id).protocol().reference()));
        } catch (Problem ledByOthers) {
            return Optional.empty();
        }
    }

    @Override
    public void keep() {
        part.chosen(state.choices()).ifPresent(this::save);
    }

    @Override
    public void receive(UploadEvent event, @Nullable String pictures) throws IOException {
        var ui = event.getUI();
        ui.accessSynchronously(() -> {
            if (state.draft() == null) {
                keep();
            }
        });
        var id = state.id();
        if (id.isEmpty()) {
            return;
        }
        // whatever was typed while a large file was on its way is no reason to refuse it
        try (var stream = event.getInputStream()) {
            var draft = drafts.bring(account.person(), id.get(), Set.of(), event.getFileName(), pictures, stream);
            tell(ui, () -> show(state.heard(draft)));
        } catch (Problem problem) {
            tell(ui, () -> refused(problem));
        }
    }

    /** Says something to the page, unless it was closed meanwhile. */
    private static void tell(UI ui, Command words) {
        try {
            var _ = ui.access(words);
        } catch (UIDetachedException closed) {
            LOG.debug("The page that asked is gone", closed);
        }
    }

    @Override
    public void folder(String folder) {
        if (state.draft() == null) {
            keep();
        }
        state.id().ifPresent(id -> {
            try {
                read(drafts.bring(account.person(), id, state.read(), folder));
            } catch (Problem problem) {
                refused(problem);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void again() {
        state.id().ifPresent(id -> {
            try {
                read(drafts.check(account.person(), id, state.read()));
            } catch (Problem problem) {
                refused(problem);
            }
        });
    }

    @Override
    public String getPageTitle() {
        return getTranslation("campaigns.new") + " · Diptych";
    }
}
