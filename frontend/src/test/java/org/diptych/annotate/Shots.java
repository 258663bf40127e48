package org.diptych.annotate;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

final class Shots {
    static void take(Page page, String name) {
        for (var scheme : ColorScheme.values()) {
            if (scheme == ColorScheme.NO_PREFERENCE) continue;
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.waitForTimeout(200);
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("/tmp/sess/shots/" + name + "-" + scheme + ".png")));
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
}
