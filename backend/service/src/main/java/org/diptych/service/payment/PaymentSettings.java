package org.diptych.service.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign pays, and what it counts.
 *
 * @param currency ISO 4217, e.g. {@code EUR}
 * @param perJudgement rate of the basis "per judgement", at most four decimals
 * @param perHour rate of the basis "per hour" of active time, at most four decimals
 * @param decimals digits of an amount after the point, 0..4
 * @param rounding what becomes of the others; each person's amount is rounded once, the total is the sum of the rounded
 * @param countsExtra whether labels beyond those that the pair was to get count
 * @param countsGold whether pairs with a known answer count
 * @param countsTraining whether questions of the qualification test count
 * @param timeZone where the days of a period begin; null: where the reader lives
 */
public record PaymentSettings(
        String currency,
        BigDecimal perJudgement,
        BigDecimal perHour,
        int decimals,
        Rounding rounding,
        boolean countsExtra,
        boolean countsGold,
        boolean countsTraining,
        @Nullable String timeZone) {
    private static final BigDecimal MOST = new BigDecimal(1_000_000);
    private static final int FINEST = 4;

    /** What a campaign starts with: everything that its annotators cannot tell from work counts, at no rate yet. */
    public static final PaymentSettings DEFAULT =
            new PaymentSettings("EUR", BigDecimal.ZERO, BigDecimal.ZERO, 2, Rounding.HALF_UP, true, true, false, null);

    /** How an amount between two is rounded. */
    public enum Rounding {
        /** To the nearer; from the middle up. */
        HALF_UP(RoundingMode.HALF_UP),
        /** To the nearer; from the middle to the even digit. */
        HALF_EVEN(RoundingMode.HALF_EVEN),
        /** Always up, in favour of the annotator. */
        UP(RoundingMode.UP),
        /** Always down. */
        DOWN(RoundingMode.DOWN);

        private final RoundingMode mode;

        Rounding(RoundingMode mode) {
            this.mode = mode;
        }
    }

    /** Tells these settings from others: what a lead has read, and changes only if it is still so. */
    public String tag() {
        return Sha256.hexadecimal(toString()).substring(0, 16);
    }

    /** An amount as it is paid. */
    BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(decimals, rounding.mode);
    }

    /**
     * Checks the values.
     *
     * @return these settings, rates without zeros at their end
     * @throws Problem {@code invalid_settings} naming the first field that is out of range
     */
    PaymentSettings checked() {
        require(
                currency != null && isCurrency(currency),
                "currency",
                "the three letters of a currency, e.g. EUR or CNY");
        requireRate(perJudgement, "perJudgement");
        requireRate(perHour, "perHour");
        require(decimals >= 0 && decimals <= FINEST, "decimals", "a whole number from 0 to " + FINEST);
        require(rounding != null, "rounding", "HALF_UP, HALF_EVEN, UP or DOWN");
        require(
                timeZone == null || ZoneId.getAvailableZoneIds().contains(timeZone),
                "timeZone",
                "empty, or the id of a time zone as the IANA names it, e.g. Europe/Berlin");
        return new PaymentSettings(
                currency,
                plain(perJudgement),
                plain(perHour),
                decimals,
                rounding,
                countsExtra,
                countsGold,
                countsTraining,
                timeZone);
    }

    private static boolean isCurrency(String code) {
        return code.equals(code.toUpperCase(Locale.ROOT))
                && Currency.getAvailableCurrencies().stream()
                        .anyMatch(known -> known.getCurrencyCode().equals(code));
    }

    private static void requireRate(@Nullable BigDecimal rate, String field) {
        require(
                rate != null
                        && rate.signum() >= 0
                        && rate.compareTo(MOST) <= 0
                        && rate.stripTrailingZeros().scale() <= FINEST,
                field,
                "a number from 0 to " + MOST + " with at most " + FINEST + " decimals");
    }

    /** 12.50 and 12.5 are the same rate, and 1E+2 is written 100. */
    static BigDecimal plain(BigDecimal rate) {
        var stripped = rate.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid("invalid_settings", field, field + " must be " + expected + ".");
        }
    }
}
