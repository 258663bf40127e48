package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.PromotionCheck;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** Why a version took over when it was made, or did not, with the figures and the rule. */
class PromotionPanel extends Panel {
    private static final int HUNDRED = 100;

    PromotionPanel(ModelVersion version) {
        super(translate("promotion.title", version.number()));
        var check = PromotionCheck.of(version);
        var content = box("stack", box("row wrap", verdict(check), text(because(check))));
        if (check.difference() != null) {
            content.add(text(translate(
                    "promotion.figures",
                    version.number(),
                    String.valueOf(check.against()),
                    difference(check),
                    Figures.count(check.pairs() == null ? 0 : check.pairs()))));
        }
        content.add(foot(translate("promotion.rule")));
        if (check.rejected() && (version.state() == ModelVersion.State.ACTIVE || version.promotedAt() != null)) {
            content.add(text(translate("promotion.byhand", Figures.moment(version.promotedAt(), "–")), "muted", "s"));
        }
        body(content);
    }

    static Span verdict(PromotionCheck check) {
        return check.rejected()
                ? chip(translate("promotion.rejected"), "err")
                : chip(
                        translate(
                                check.outcome() == PromotionCheck.Outcome.UNKNOWN
                                        ? "promotion.unknown"
                                        : "promotion.promoted"),
                        check.outcome() == PromotionCheck.Outcome.UNKNOWN ? "line" : "ok");
    }

    static String because(PromotionCheck check) {
        return translate("promotion.because." + check.outcome().name().toLowerCase(Locale.ROOT));
    }

    /** The paired difference with its interval, in points; why there is none otherwise. */
    static String difference(PromotionCheck check) {
        var value = check.difference();
        var low = check.low();
        var high = check.high();
        return value == null || low == null || high == null
                ? because(check)
                : translate("promotion.difference", points(value), points(low), points(high));
    }

    /** A difference of shares as points with its sign, e.g. {@code +1.2}. */
    static String points(double share) {
        return (share > 0 ? "+" : "") + Figures.decimals(HUNDRED * share, 1);
    }
}
