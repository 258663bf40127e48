package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.function.DoubleFunction;
import org.diptych.service.agreement.AgreementFigures.ModelShare;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** Figures of the agreement page in words: never one without its interval. */
final class Written {
    private Written() {}

    static String coefficient(@Nullable Figure figure) {
        return estimate(figure, Figures::coefficient);
    }

    static String percent(@Nullable Figure figure) {
        return estimate(figure, Figures::percent);
    }

    static String share(@Nullable ModelShare share) {
        return share == null ? "–" : percent(new Figure(share.share(), share.low(), share.high(), null));
    }

    /** A p value, which is never none. */
    static String p(double value) {
        return value < 0.001 ? translate("agreement.p.small") : translate("agreement.p", Figures.decimals(value, 3));
    }

    private static String estimate(@Nullable Figure figure, DoubleFunction<String> style) {
        if (figure == null) {
            return "–";
        }
        var value = figure.value();
        return value == null
                ? translate("agreement.undefined")
                : translate("agreement.estimate", style.apply(value), interval(figure, style));
    }

    /** The interval alone, or that there is none. */
    static String interval(Figure figure, DoubleFunction<String> style) {
        var low = figure.low();
        var high = figure.high();
        return low == null || high == null
                ? translate("agreement.nointerval")
                : Figures.interval(style.apply(low), style.apply(high));
    }

    /** An answer in the reader's language; a level of a rating is its own name. */
    static String answer(String answer) {
        return Character.isDigit(answer.charAt(0)) ? answer : translate("agreement.answer." + answer);
    }
}
