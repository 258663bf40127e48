package org.diptych.service.alert;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What an alert says to people, on pages and in mail alike. */
public final class AlertWords {
    private static final String BUNDLE = "org.diptych.service.alert.words";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ZoneId zone;
    private final ResourceBundle words;

    /**
     * Words for a reader.
     *
     * @param language the reader's
     * @param zone whose clocks the reader has
     */
    public AlertWords(Locale language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
        this.words = ResourceBundle.getBundle(BUNDLE, language, NO_OTHER_LANGUAGE);
    }

    /** The cause in a sentence without an end, to stand behind the campaign's name. */
    public String cause(Alert alert) {
        var figures = alert.figures();
        return switch (alert.kind()) {
            case AGREEMENT_LOW ->
                say(
                        "agreement_low",
                        text(figures.get("dimension")),
                        decimals(figures.get("alpha")),
                        decimals(figures.get("low")),
                        decimals(figures.get("high")),
                        decimals(figures.get("bound")));
            case QUEUE_DRY ->
                say(
                        "queue_dry",
                        number(figures.get("open")),
                        number(figures.get("hours")),
                        number(figures.get("perDay")),
                        number(figures.get("bound")));
            case TRAINING_FAILED -> say("training_failed", text(figures.get("message")));
            case MESSAGES_WAITING ->
                say("messages_waiting", number(figures.get("messages")), moment(figures.get("oldest")));
            case GOLD_LOW ->
                say(
                        "gold_low",
                        text(figures.get("name")),
                        percent(figures.get("accuracy")),
                        number(figures.get("answers")),
                        percent(figures.get("low")),
                        percent(figures.get("high")),
                        percent(figures.get("bound")));
            case APPEAL_WAITING -> say("appeal_waiting", text(figures.get("name")), moment(figures.get("since")));
            case OBJECTIONS_WAITING ->
                say("objections_waiting", number(figures.get("objections")), moment(figures.get("oldest")));
            case DISK_FULL ->
                say("disk_full", number(figures.get("freeGigabytes")), number(figures.get("totalGigabytes")));
        };
    }

    /** The campaign's name, or what stands in its place. */
    public String where(Alert alert) {
        var name = alert.campaignName();
        return name == null ? say("installation") : name;
    }

    /** A text of the bundle with its parameters. */
    public String say(String key, Object... parameters) {
        return new MessageFormat(words.getString(key), language).format(parameters);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private String number(@Nullable Object value) {
        return value instanceof Number figure
                ? NumberFormat.getNumberInstance(language).format(figure)
                : text(value);
    }

    private String decimals(@Nullable Object value) {
        if (!(value instanceof Number figure)) {
            return text(value);
        }
        var format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return format.format(figure.doubleValue()).replace('-', '\u2212');
    }

    private String percent(@Nullable Object value) {
        return value instanceof Number figure
                ? NumberFormat.getPercentInstance(language).format(figure.doubleValue())
                : text(value);
    }

    private String moment(@Nullable Object value) {
        return value == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(language)
                        .withZone(zone)
                        .format(Instant.parse(value.toString()));
    }
}
