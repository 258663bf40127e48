package org.diptych.ui.quality;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.diptych.service.quality.GoldHealth;
import org.diptych.service.quality.KnownAnswer;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;

/** Gold pairs: what is known, whether annotators find it, and what can be done. */
class GoldTable extends FigureTable {
    /**
     * The given pairs, in their order.
     *
     * @param action what a lead can do with one
     */
    GoldTable(UUID campaign, List<GoldHealth> pairs, ZoneId zone, Function<GoldHealth, Component> action) {
        super(
                Column.words(translate("queue.column.pair")),
                Column.words(translate("queue.column.instruction")),
                Column.words(translate("known.answer")),
                Column.words(translate("known.found")),
                Column.words(translate("table.actions")));
        pairs.forEach(pair -> row(
                thumbnails(campaign, pair.pair(), pair.item(), pair.first(), pair.source(), pair.second()),
                new Div(written(pair.instruction(), "clipped"), box("sub2", written(pair.item()))),
                new Div(text(verdict(pair.verdict()), "nowrap"), box("sub2", origin(pair, zone))),
                found(campaign, pair),
                action.apply(pair)));
    }

    /** First edit, source, second edit, small; a link to the pair. */
    static Component thumbnails(UUID campaign, UUID pair, String item, String first, String source, String second) {
        var link = new Anchor("campaigns/" + campaign + "/pairs/" + pair);
        link.addClassName("thumbs");
        link.getElement().setAttribute("aria-label", translate("pair.open", item));
        link.getElement()
                .appendChild(new Element("pair-thumbs")
                        .setProperty("first", first)
                        .setProperty("source", source)
                        .setProperty("second", second));
        return link;
    }

    static String verdict(String word) {
        return translate("known.verdict." + word);
    }

    private static Component origin(GoldHealth pair, ZoneId zone) {
        var at = Figures.moment(pair.createdAt(), zone);
        return pair.origin() == KnownAnswer.Origin.MANIFEST || pair.createdBy() == null
                ? text(translate("known.origin.manifest", at))
                : written(translate("known.origin.lead", pair.createdBy(), at));
    }

    private static Component found(UUID campaign, GoldHealth pair) {
        var cell = new Div();
        var accuracy = pair.accuracy();
        var state = chip(
                translate("known.state." + pair.state().name().toLowerCase(Locale.ROOT)),
                switch (pair.state()) {
                    case BAD -> "err";
                    case SUSPENDED, WORN -> "warn";
                    case SOUND -> "ok";
                    case RETIRED -> "line";
                });
        if (accuracy == null) {
            cell.add(box("row wrap", state, text(translate("known.unanswered"), "muted", "s")));
        } else {
            var interval =
                    Figures.interval(Figures.wholePercent(accuracy.low()), Figures.wholePercent(accuracy.high()));
            var mean = Figures.wholePercent(accuracy.mean());
            cell.add(box(
                    "row wrap",
                    state,
                    text(mean, "strong"),
                    new MiniInterval(
                            accuracy.mean(),
                            accuracy.low(),
                            accuracy.high(),
                            0,
                            1,
                            Tone.FIRST,
                            mean + ", " + interval)));
            cell.add(box("sub2", text(translate("annotators.gold.of", interval, Figures.count(accuracy.answers())))));
            var said = pair.said();
            if (said != null && !said.equals(pair.verdict())) {
                cell.add(box(
                        "sub2",
                        text(translate(
                                "known.said",
                                Figures.count(pair.saidBy()),
                                Figures.count(accuracy.answers()),
                                verdict(said)))));
            }
        }
        if (pair.disputedBy() != null) {
            var appeal = new Anchor(
                    "campaigns/" + campaign + "/annotators/" + pair.disputedBy(), translate("known.disputed"));
            cell.add(box("sub2", appeal));
        }
        if (pair.state() != GoldHealth.State.RETIRED) {
            cell.add(box("sub2", text(translate("known.left", Figures.count(pair.left())))));
        }
        return cell;
    }
}
