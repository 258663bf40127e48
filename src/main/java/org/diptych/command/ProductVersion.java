package org.diptych.command;

import java.util.Optional;

/** The version that the build wrote into the jar. */
final class ProductVersion {
    private ProductVersion() {}

    static String current() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
