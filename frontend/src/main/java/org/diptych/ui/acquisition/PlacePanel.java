package org.diptych.ui.acquisition;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.diptych.service.acquisition.QueueByHand;
import org.diptych.service.acquisition.QueuePlace;
import org.diptych.service.acquisition.QueuePlace.ChosenBy;
import org.diptych.service.acquisition.QueuePlace.Standing;
import org.diptych.service.acquisition.QueuePlaces;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;

/** Where a pair stands in the queue and what it waits for, in words, and what a lead can do about it by hand. */
public class PlacePanel extends Panel {
    private final transient QueuePlaces places;
    private final transient QueueByHand hand;
    private final CurrentAccount account;
    private final UUID campaign;
    private final UUID pair;
    private final transient Runnable changed;
    private final Div content = box("stack");

    /**
     * Explains a pair.
     *
     * @param changed is told when a lead has changed its place here
     */
    public PlacePanel(
            QueuePlaces places, QueueByHand hand, CurrentAccount account, UUID campaign, UUID pair, Runnable changed) {
        super(translate("place.title"));
        this.places = places;
        this.hand = hand;
        this.account = account;
        this.campaign = campaign;
        this.pair = pair;
        this.changed = changed;
        content.getElement().setAttribute("aria-live", "polite");
        body(content);
        draw();
    }

    private void draw() {
        content.removeAll();
        var place = places.of(account.person(), campaign, pair);
        var standing = place.standing().name().toLowerCase(Locale.ROOT);
        var sentences = new UnorderedList();
        sentences.addClassName("s");
        sentences(place).forEach(sentence -> sentences.add(new ListItem(sentence)));
        content.add(
                new Div(chip(translate("place.standing." + standing), kind(place.standing()))),
                sentences,
                buttons(place),
                foot(translate("place.hand.help")));
    }

    private static String kind(Standing standing) {
        return switch (standing) {
            case WAITING, HELD -> "ok";
            case NOBODY_LEFT, TAKEN_OUT, CAMPAIGN_STOPPED -> "warn";
            case COMPLETE, KNOWN -> "line";
        };
    }

    private static List<String> sentences(QueuePlace place) {
        var said = new ArrayList<String>();
        if (place.standing() == Standing.WAITING || place.standing() == Standing.NOBODY_LEFT) {
            said.add(position(place));
            said.add(origin(place));
        }
        var veto = place.veto();
        if (veto != null) {
            said.add(translate("place.veto", veto.by(), Figures.moment(veto.at())));
        }
        if (place.another()) {
            said.add(translate("place.another"));
        }
        var waits = place.waits();
        if (waits.wanted() > 0) {
            said.add(translate("place.labels", Figures.count(waits.filled()), Figures.count(waits.wanted())));
        }
        if (waits.held() > 0) {
            said.add(translate("place.held", Figures.count(waits.held()), Figures.moment(waits.heldUntil(), "–")));
        }
        var known = waits.known();
        if (known != null) {
            said.add(translate("place.known." + known.toLowerCase(Locale.ROOT)));
        }
        if (place.standing() == Standing.WAITING || place.standing() == Standing.NOBODY_LEFT) {
            said.add(translate(
                    "place.people",
                    Figures.count(waits.annotators()),
                    Figures.count(waits.had()),
                    Figures.count(waits.paused())));
        }
        if (waits.leftOut() > 0) {
            said.add(translate("place.leftout", Figures.count(waits.leftOut())));
        }
        return said;
    }

    private static String position(QueuePlace place) {
        var before = place.before();
        if (before == null) {
            return translate("place.random");
        }
        var half = translate("stratum." + place.stratum());
        return before == 0
                ? translate("place.first", half)
                : translate(place.beforeAtLeast() ? "place.before.most" : "place.before", Figures.count(before), half);
    }

    private static String origin(QueuePlace place) {
        var batch = place.batch();
        if (batch == null) {
            return translate(place.stratum().equals("uniform") ? "place.by.draw" : "place.by.chance");
        }
        var at = Figures.moment(batch.at());
        if (place.chosenBy() == ChosenBy.PIN) {
            return translate("place.by.pin", String.valueOf(batch.by()), at);
        }
        if (place.chosenBy() == ChosenBy.OPINION) {
            return translate("place.by.opinion", at);
        }
        var probability = place.selectionProbability();
        var chosen = translate(
                place.chosenBy() == ChosenBy.MODEL ? "place.by.model" : "place.by.design",
                String.valueOf(batch.policy()),
                at,
                Figures.count(batch.size()),
                Figures.count(batch.pool()),
                probability == null ? "–" : Figures.probability(probability),
                String.valueOf(batch.model()));
        var instead = batch.inPlaceOf();
        return instead == null ? chosen : chosen + " " + translate("place.inplaceof", instead);
    }

    private Div buttons(QueuePlace place) {
        var row = box("row wrap");
        if (place.standing() == Standing.TAKEN_OUT || place.standing() == Standing.KNOWN) {
            return row;
        }
        boolean pinned = place.chosenBy() == ChosenBy.PIN;
        if (place.mayBePinned()) {
            row.add(button(
                    pinned ? "place.again" : "place.pin", () -> hand.pin(account.person(), campaign, List.of(pair))));
        }
        if (pinned) {
            row.add(button("place.unpin", () -> hand.unpin(account.person(), campaign, pair)));
        }
        if (place.veto() != null) {
            row.add(button("place.allow", () -> hand.allow(account.person(), campaign, pair)));
        } else if (place.stratum().equals("acquired")) {
            row.add(button("place.forbid", () -> hand.veto(account.person(), campaign, pair)));
        }
        return row;
    }

    /** Nothing is left to show to who may not see the pair any more. */
    private void redraw() {
        try {
            draw();
        } catch (Problem gone) {
            content.removeAll();
        }
    }

    private Button button(String key, Runnable work) {
        var button = new Button(translate(key), click -> {
            try {
                work.run();
                draw();
                changed.run();
            } catch (Problem problem) {
                redraw();
                content.addComponentAsFirst(note(Icon.WARNING, problem.detail(), "warn"));
            }
        });
        button.addThemeNames("small");
        return button;
    }
}
