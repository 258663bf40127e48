package org.diptych.service.dataset;

import java.util.List;

/** Options of exports for tests of other steps. */
public final class TestExports {
    private TestExports() {}

    /** With these filters. */
    public static ExportOptions filtered(ExportFormat format, String... filter) {
        return ExportOptions.of(format, List.of(filter), null, null, null, null, null);
    }
}
