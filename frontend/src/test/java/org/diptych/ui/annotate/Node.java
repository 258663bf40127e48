package org.diptych.ui.annotate;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Node that Playwright brings along: nothing has to be installed. */
final class Node {
    private Node() {}

    /** Starts it in a folder; what it says of errors goes to the log of the tests. */
    static Process start(Path folder, String... arguments) throws IOException {
        Driver driver = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false);
        var command =
                new ArrayList<>(List.of(driver.createProcessBuilder().command().getFirst()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
