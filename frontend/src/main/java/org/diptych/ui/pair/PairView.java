package org.diptych.ui.pair;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueByHand;
import org.diptych.service.acquisition.QueuePlaces;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.pair.Pair;
import org.diptych.service.pair.PairService;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.acquisition.PlacePanel;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** One pair with all its answers. Who made the edits and who answered is hidden until the lead asks for it. */
@Route(value = "campaigns/:campaign/pairs/:pair", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class PairView extends CampaignPage {
    private final PairService pairs;
    private final QueuePlaces places;
    private final QueueByHand hand;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private @Nullable UUID wanted;

    PairView(
            PairService pairs,
            QueuePlaces places,
            QueueByHand hand,
            ProtocolService protocols,
            CurrentAccount account) {
        super("pair.title");
        this.pairs = pairs;
        this.places = places;
        this.hand = hand;
        this.protocols = protocols;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            wanted = UUID.fromString(event.getRouteParameters().get("pair").orElse(""));
            super.beforeEnter(event);
        } catch (IllegalArgumentException e) {
            event.rerouteToError(NotFoundException.class);
        } catch (Problem problem) {
            if (!problem.code().equals("unknown_pair")) {
                throw problem;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    @Override
    protected void open(UUID campaign) {
        show(pairs.of(account.person(), campaign, Objects.requireNonNull(wanted)));
    }

    private void show(Pair pair) {
        removeAll();
        var head = new PageHead(getTranslation("pair.head", pair.item()), actions(pair));
        head.says(getTranslation(pair.revealed() ? "pair.sub.revealed" : "pair.sub"));
        var pictures = new Panel(getTranslation("pair.pictures"))
                .body(box(
                        "stack",
                        written(pair.instruction(), "strong"),
                        box(
                                "cols three",
                                picture(
                                        "A",
                                        pair.first().picture(),
                                        pair.first().model()),
                                picture(getTranslation("pair.source"), pair.source(), null),
                                picture(
                                        "B",
                                        pair.second().picture(),
                                        pair.second().model()))));
        var answers = new Panel(getTranslation("pair.answers"));
        if (pair.answers().isEmpty()) {
            answers.body(text(getTranslation("pair.answers.none"), "muted"));
        } else {
            answers.wide(new AnswerTable(pair, protocols));
        }
        var side = new Aside(
                new Panel(getTranslation("pair.facts")).body(facts(pair)),
                new PlacePanel(
                        places,
                        hand,
                        account,
                        pair.campaign(),
                        pair.id(),
                        () -> show(readAgain(account.person(), pair))));
        side.addClassName("stack");
        add(head);
        if (pair.takenOutAt() != null) {
            var out = note(Icon.WARNING, getTranslation("pair.out", Figures.moment(pair.takenOutAt())), "warn");
            out.addClassName("gap");
            add(out);
        }
        add(box(
                "aside",
                box("stack", pictures, answers, new Panel(getTranslation("pair.history")).wide(new HistoryTable(pair))),
                side));
    }

    private Component[] actions(Pair pair) {
        var person = account.person();
        var out = pair.takenOutAt() != null
                ? button("pair.putback", pair, () -> pairs.putBack(person, pair.campaign(), pair.id()))
                : button("pair.takeout", pair, () -> pairs.takeOut(person, pair.campaign(), pair.id()));
        // who has read the names decides nothing blind any more
        if (pair.revealed()) {
            return new Component[] {out};
        }
        var decide = new Anchor(
                "campaigns/" + pair.campaign() + "/adjudicate?pair=" + pair.id(), getTranslation("adjudicate.this"));
        decide.addClassName("button");
        var reveal = new Button(
                getTranslation("pair.reveal"), click -> show(pairs.reveal(person, pair.campaign(), pair.id())));
        return new Component[] {out, decide, reveal};
    }

    private Button button(String key, Pair pair, Runnable work) {
        return new Button(getTranslation(key), click -> {
            work.run();
            show(readAgain(account.person(), pair));
        });
    }

    /** What was revealed a moment ago stays so, and is not recorded twice: its names are known. */
    private Pair readAgain(SignedIn person, Pair pair) {
        var now = pairs.of(person, pair.campaign(), pair.id());
        return pair.revealed() ? now.withNamesOf(pair) : now;
    }

    private Component picture(String name, Picture picture, @Nullable String model) {
        var image = new Image(picture.display(), getTranslation("pair.picture", name));
        var link = new Anchor(picture.original(), image);
        link.setTarget(AnchorTarget.BLANK);
        link.setRouterIgnore(true);
        link.getElement().setAttribute("aria-label", getTranslation("pair.enlarge", name));
        var caption = box("row", text(name, "strong"));
        if (model != null) {
            caption.add(written(model, "muted"));
        }
        return box("picture", link, caption);
    }

    private Component facts(Pair pair) {
        var facts = new DescriptionList();
        facts.addClassName("facts");
        var category = pair.category();
        if (category != null) {
            fact(facts, "pair.category", written(category));
        }
        fact(
                facts,
                "queue.stratum",
                text(getTranslation("stratum." + pair.stratum().toLowerCase(Locale.ROOT))));
        fact(
                facts,
                "queue.labels",
                text(getTranslation(
                        "figure.of",
                        Figures.count(pair.slots().filled()),
                        Figures.count(pair.slots().wanted()))));
        fact(facts, "pair.held", text(Figures.count(pair.slots().held())));
        var first = pair.first().score();
        var second = pair.second().score();
        var content = new Div(facts);
        if (pair.scoredBy() != null && first != null && second != null) {
            fact(facts, "queue.model", text(getTranslation("models.version", pair.scoredBy())));
            fact(facts, "pair.score.a", text(figure(first)));
            fact(facts, "pair.score.b", text(figure(second)));
            content.add(foot(getTranslation("pair.score.help")));
        } else {
            content.add(foot(getTranslation("pair.unscored")));
        }
        return content;
    }

    private static String figure(Pair.Score score) {
        return Figures.decimals(score.mu(), 2) + " ± " + Figures.decimals(score.sigma(), 2);
    }

    private void fact(DescriptionList facts, String key, Component value) {
        facts.add(new DescriptionList.Term(getTranslation(key)), new DescriptionList.Description(value));
    }
}
