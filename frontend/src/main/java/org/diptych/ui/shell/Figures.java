package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How figures are written: in the reader's language, with a real minus sign, intervals in words. */
public final class Figures {
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Figures() {}

    /** A count, e.g. {@code 18,412}. */
    public static String count(long value) {
        return NumberFormat.getIntegerInstance(language()).format(value);
    }

    /** A coefficient with two decimals, e.g. {@code 0.69}. */
    public static String coefficient(double value) {
        return decimals(value, 2);
    }

    /** A number with the given decimals. */
    public static String decimals(double value, int decimals) {
        var format = NumberFormat.getNumberInstance(language());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        // what is written as zero has no sign
        return minus(format.format(Math.abs(value) < Math.pow(10, -decimals) / 2 ? 0 : value));
    }

    /** A small probability with four decimals, or with an exponent where those would all be zero. */
    public static String probability(double value) {
        return value > 0 && value < 0.00005 ? String.format(Locale.ROOT, "%.0e", value) : decimals(value, 4);
    }

    /** A share of 0 to 1 as percent with one decimal, e.g. {@code 64.8%}. */
    public static String percent(double share) {
        return percent(share, 1);
    }

    /** A share of 0 to 1 as percent without decimals. */
    public static String wholePercent(double share) {
        return percent(share, 0);
    }

    /** An interval in words, e.g. {@code 0.66 to 0.72}. */
    public static String interval(String low, String high) {
        return translate("figure.interval", low, high);
    }

    /** A size in decimal units, e.g. {@code 1.2 GB}. */
    public static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return decimals(size, unit == 0 || size >= 99.95 ? 0 : 1) + "\u00a0" + BYTE_UNITS[unit];
    }

    /** Seconds as {@code 27 s} or {@code 3 min}. */
    public static String seconds(double seconds) {
        return seconds < 120
                ? translate("figure.seconds", count(Math.round(seconds)))
                : translate("figure.minutes", count(Math.round(seconds / 60)));
    }

    /** A moment in UTC, to the minute. */
    public static String moment(Instant at) {
        return moment(at, ZoneOffset.UTC);
    }

    /** A moment as the clocks of a zone show it, to the minute. */
    public static String moment(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern(translate("figure.moment"), language())
                .format(at.atZone(zone));
    }

    /** A moment, or a dash when there is none. */
    public static String moment(@Nullable Instant at, String otherwise) {
        return at == null ? otherwise : moment(at);
    }

    private static String percent(double share, int decimals) {
        var format = NumberFormat.getPercentInstance(language());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return minus(format.format(share));
    }

    private static String minus(String number) {
        return number.replace('-', '\u2212');
    }

    private static Locale language() {
        return Optional.ofNullable(UI.getCurrent()).map(UI::getLocale).orElse(Locale.ENGLISH);
    }
}
