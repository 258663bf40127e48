package org.diptych.ui.pair;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import java.util.Locale;
import java.util.Map;
import org.diptych.protocol.Protocol;
import org.diptych.service.pair.Pair;
import org.diptych.service.pair.PairAnswer;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** What people answered about a pair, the latest first. */
class AnswerTable extends FigureTable {
    AnswerTable(Pair pair, ProtocolService protocols) {
        super(
                Column.words(translate("pair.when")),
                Column.words(translate("pair.who")),
                Column.words(translate("pair.answer")),
                Column.words(translate("pair.left")),
                Column.figures(translate("pair.time")),
                Column.words(translate("pair.said")),
                Column.words(translate("pair.origin")));
        pair.answers()
                .forEach(answer -> row(
                        text(Figures.moment(answer.at()), "muted", "nowrap"),
                        PairParts.annotator(answer.annotator()),
                        answer(answer, protocols.byReference(answer.protocol()).protocol()),
                        answer.swapped() ? "B" : "A",
                        Figures.seconds(answer.activeSeconds()),
                        said(answer),
                        new Div(
                                text(answer.protocol(), "nowrap"),
                                box(
                                        "sub2",
                                        text(translate("stratum."
                                                        + answer.stratum().toLowerCase(Locale.ROOT))
                                                + ", p "
                                                + Figures.probability(answer.selectionProbability()))))));
    }

    private Component answer(PairAnswer answer, Protocol protocol) {
        var language = getLocale();
        var content = new Div();
        var skip = answer.skipReason();
        var verdicts = answer.verdicts();
        if (skip != null) {
            content.add(text(translate("pair.skipped", PairParts.skipReason(protocol, skip, language)), "strong"));
        } else if (verdicts != null) {
            content.add(text(verdict(verdicts.get(Protocol.OVERALL)), "strong"));
            var names = new DimensionNames(protocol, language);
            protocol.dimensions()
                    .forEach(dimension -> content.add(box(
                            "sub2",
                            text(names.of(dimension.id()) + ": "
                                    + value(
                                            answer.answers() == null
                                                    ? null
                                                    : answer.answers().get(dimension.id()))))));
        }
        if (answer.superseded()) {
            content.add(chip(translate("pair.superseded"), "line"));
        }
        if (answer.extra()) {
            content.add(chip(translate("pair.extra"), "line"));
        }
        return content;
    }

    private static String verdict(@Nullable String verdict) {
        return translate("known.verdict." + verdict);
    }

    /** A rating of both edits, or a comparison of them. */
    private static String value(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> ratings) {
            return translate("pair.ratings", ratings.get("first"), ratings.get("second"));
        }
        return answer == null ? "–" : translate("pair.comparison." + answer);
    }

    private static Component said(PairAnswer answer) {
        var content = new Div();
        if (answer.flagged()) {
            content.add(PairParts.flag());
        }
        var comment = answer.comment();
        if (comment != null) {
            content.add(new Div(written(comment)));
        }
        return content;
    }
}
