package org.diptych.service.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diptych.service.request.OneLine;

/** What accounts are called. A text that can be no account's name is nobody's: no database need be asked. */
public final class AccountName {
    private static final Pattern POSSIBLE = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,79}");

    private AccountName() {}

    /** The name that somebody meant: without blanks around it, in lower case; empty when no account can have it. */
    public static Optional<String> of(String written) {
        var name = OneLine.trimmed(written).toLowerCase(Locale.ROOT);
        return POSSIBLE.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }
}
