package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.diptych.service.conduct.Notice;
import org.diptych.service.conduct.QuestionedPair;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** Warnings and pauses with what they rest on, for a lead or for the annotator. */
class NoticePanel extends Div {
    private final UUID campaign;
    private final ZoneId zone;
    private final DimensionNames names;
    private final Function<Notice, List<QuestionedPair>> judgements;
    private final Function<Notice, List<Component>> actions;
    private final Predicate<Notice> rests;

    /**
     * No notices yet.
     *
     * @param judgements reads what a notice rests on
     * @param actions what the reader can do about one
     * @param rests which notices show what they rest on
     */
    NoticePanel(
            UUID campaign,
            ZoneId zone,
            DimensionNames names,
            Function<Notice, List<QuestionedPair>> judgements,
            Function<Notice, List<Component>> actions,
            Predicate<Notice> rests) {
        this.campaign = campaign;
        this.zone = zone;
        this.names = names;
        this.judgements = judgements;
        this.actions = actions;
        this.rests = rests;
        addClassName("stack");
    }

    void show(List<Notice> notices) {
        removeAll();
        if (notices.isEmpty()) {
            add(text(getTranslation("conduct.notices.none"), "muted", "s"));
        }
        notices.forEach(notice -> add(one(notice)));
    }

    private Component one(Notice notice) {
        var kind = notice.holds() ? "err" : notice.endedAt() == null ? "warn" : "line";
        var head = box(
                "row wrap",
                chip(getTranslation("conduct.action." + notice.action().word()), kind),
                text(getTranslation("conduct.cause." + notice.cause().word()), "strong"),
                text(Figures.moment(notice.at(), zone), "muted", "s"));
        if (notice.by() != null) {
            head.add(written(notice.by(), "muted", "s"));
        }
        var says = box("stack", head, new Div(found(notice)));
        if (notice.reason() != null) {
            says.add(new Div(written(notice.reason())));
        }
        if (notice.endedAt() != null) {
            says.add(new Div(text(getTranslation("conduct.ended", Figures.moment(notice.endedAt(), zone)), "s")));
        }
        if (notice.endReason() != null) {
            says.add(new Div(written(notice.endReason())));
        }
        appeal(notice, says);
        var buttons = box("row wrap");
        actions.apply(notice).forEach(buttons::add);
        if (!notice.figures().isEmpty() && rests.test(notice)) {
            var list = new Div();
            var open = new Button(getTranslation("conduct.judgements"), click -> {
                list.removeAll();
                list.add(table(judgements.apply(notice)));
            });
            open.addThemeNames("small");
            buttons.add(open);
            says.add(buttons, list);
        } else {
            says.add(buttons);
        }
        return says;
    }

    private void appeal(Notice notice, Div says) {
        var appeal = notice.appeal();
        if (appeal == null) {
            return;
        }
        says.add(new Div(
                text(getTranslation("conduct.appealed", Figures.moment(appeal.at(), zone)), "strong", "s"),
                new Div(written(appeal.words()))));
        var answer = appeal.answer();
        if (answer == null) {
            says.add(new Div(chip(getTranslation("conduct.appeal.waiting"), "warn")));
        } else {
            says.add(new Div(
                    text(
                            getTranslation(
                                    Boolean.TRUE.equals(appeal.lifted())
                                            ? "conduct.appeal.lifted"
                                            : "conduct.appeal.upheld"),
                            "strong",
                            "s"),
                    new Div(written(answer))));
        }
    }

    private String found(Notice notice) {
        var figures = notice.figures();
        return switch (notice.cause()) {
            case LEAD -> getTranslation("conduct.found.lead");
            case GOLD ->
                getTranslation(
                        "conduct.found.gold",
                        Figures.percent(number(figures, "accuracy")),
                        Figures.count((long) number(figures, "answers")),
                        Figures.percent(number(figures, "below")));
            case FAST ->
                getTranslation(
                        "conduct.found.fast",
                        Figures.decimals(number(figures, "seconds"), 1),
                        Figures.count((long) number(figures, "answers")),
                        Figures.decimals(number(figures, "below"), 1));
            case SKIPS ->
                getTranslation(
                        "conduct.found.skips", Figures.count((long) number(figures, "skips")), Figures.count((long)
                                number(figures, "bound")));
            case DRIFT ->
                getTranslation(
                        "conduct.found.drift",
                        Figures.percent(number(figures, "before")),
                        Figures.percent(number(figures, "after")),
                        Figures.moment(Instant.parse(String.valueOf(figures.get("since"))), zone),
                        Figures.count((long) number(figures, "pairs")));
        };
    }

    private static double number(Map<String, Object> figures, String name) {
        return figures.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private Component table(List<QuestionedPair> pairs) {
        var table = new FigureTable(
                Column.words(getTranslation("conduct.pair")),
                Column.words(getTranslation("conduct.own")),
                Column.words(getTranslation("conduct.standing")));
        pairs.forEach(pair -> table.row(
                new Div(pictures(pair), new Div(written(pair.instruction(), "sub2"))),
                answers(pair),
                text(getTranslation("conduct.standing." + pair.standing().word()), "s")));
        return table;
    }

    private Component pictures(QuestionedPair pair) {
        var pictures = List.of(image(pair.left()), image(pair.source()), image(pair.right()));
        var id = pair.pair();
        if (id == null) {
            var shown = box("thumbs");
            pictures.forEach(shown::add);
            return shown;
        }
        var link = new Anchor("campaigns/" + campaign + "/pairs/" + id);
        pictures.forEach(link::add);
        link.addClassName("thumbs");
        link.getElement().setAttribute("aria-label", getTranslation("pair.open", pair.instruction()));
        return link;
    }

    private static Image image(Picture picture) {
        var image = new Image(picture.thumbnail(), "");
        image.getElement().setAttribute("loading", "lazy").setAttribute("width", "44");
        return image;
    }

    private Component answers(QuestionedPair pair) {
        var given = pair.answers();
        if (given == null) {
            return text(getTranslation("conduct.skipped"), "muted");
        }
        var said = new Div();
        given.forEach((dimension, answer) -> said.add(new Div(text(names.of(dimension) + ": " + value(answer), "s"))));
        return said;
    }

    /** In the sides that were seen: the left one is A. */
    private String value(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> ratings) {
            return getTranslation("pair.ratings", ratings.get("left"), ratings.get("right"));
        }
        return answer == null
                ? "–"
                : getTranslation("pair.comparison."
                        + answer.toString().replace("left", "first").replace("right", "second"));
    }
}
