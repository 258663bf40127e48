package org.diptych;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"diptych " + number()};
    }

    /** The number alone; {@code (development)} outside a built jar. */
    static String number() {
        return Optional.ofNullable(Diptych.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
