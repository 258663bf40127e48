package org.diptych.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diptych.curation.Fingerprint;
import org.diptych.curation.Rules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which candidates of a set are wanted. */
final class ChoiceOptions {
    private static final String SHARE = "(100|\\d{1,2}(\\.\\d+)?)%";

    @Option(
            names = "--top",
            paramLabel = "K|P%",
            description = "The K best, or the best P per cent of all that were scored; fewer where there are no more.")
    private @Nullable String top;

    @Option(
            names = "--at-least",
            paramLabel = "S",
            description = "Only candidates whose overall score (mu) is S or more.")
    private @Nullable Double atLeast;

    @Option(names = "--best-of-n", description = "Only the best candidate of each instruction on a source picture.")
    private boolean bestOfN;

    @Option(
            names = "--quota",
            paramLabel = "CATEGORY=N",
            description = "At most N of a category; *=N stands for each category that is not named.")
    private Map<String, Integer> quotas = new LinkedHashMap<>();

    @Option(
            names = "--diversity",
            paramLabel = "BITS",
            description =
                    "Pass over a candidate whose fingerprint differs in fewer bits (of 1344) from one that is chosen"
                            + " already.")
    private int diversity;

    @Option(
            names = "--duplicates-within",
            paramLabel = "BITS",
            description =
                    "Candidates of one instruction whose fingerprints differ in at most so many bits, and nowhere in a"
                            + " visible colour, look the same, and the best of them stays. -1: only equal files are"
                            + " the same. Default: ${DEFAULT-VALUE}.")
    private int duplicatesWithin = 8;

    @Option(
            names = "--certainty",
            paramLabel = "P",
            description =
                    "Leave out what is better than the threshold, or than the best that found no place, with a lower"
                            + " probability than this (0.5 to 1); nothing takes its place. Without it nothing is left"
                            + " out, and how many are better with less than "
                            + Rules.USUAL_CERTAINTY
                            + " is said.")
    private @Nullable Double certainty;

    /** The rules before anything is read, with no number in place of a share. */
    void check(CommandSpec command) {
        rules(command, 0);
    }

    /**
     * The rules.
     *
     * @param candidates of which {@code --top} may be a share
     */
    Rules rules(CommandSpec command, long candidates) {
        if (atLeast != null && !Double.isFinite(atLeast)) {
            throw refused(command, "--at-least is a score.");
        }
        if (diversity < 0 || diversity > Fingerprint.BITS) {
            throw refused(command, "--diversity is 0 to " + Fingerprint.BITS + " bits.");
        }
        if (duplicatesWithin < -1 || duplicatesWithin > Fingerprint.BITS) {
            throw refused(command, "--duplicates-within is -1 to " + Fingerprint.BITS + " bits.");
        }
        if (certainty != null && !(certainty >= 0.5 && certainty < 1)) {
            throw refused(command, "--certainty is 0.5 or more and less than 1.");
        }
        quotas.forEach((category, most) -> {
            if (most < 0) {
                throw refused(command, "--quota " + category + " is a number from 0.");
            }
        });
        return new Rules(top(command, candidates), atLeast, bestOfN, quotas, diversity, duplicatesWithin, certainty);
    }

    /** Whether what is not believed is to be left out. */
    boolean isCertaintyAsked() {
        return certainty != null;
    }

    private @Nullable Long top(CommandSpec command, long candidates) {
        if (top == null) {
            return null;
        }
        String text = Blanks.strip(top).replace(" ", "");
        if (text.matches(SHARE)) {
            double share = Double.parseDouble(text.substring(0, text.length() - 1));
            return (long) Math.floor(share * candidates / 100);
        }
        if (text.matches("\\d{1,15}")) {
            return Long.parseLong(text);
        }
        throw refused(command, "--top is a number such as 20000, or a share such as 10%.");
    }

    private static ParameterException refused(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
