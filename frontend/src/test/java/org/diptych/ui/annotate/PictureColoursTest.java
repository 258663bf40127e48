package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.diptych.browser.Chromium;
import org.diptych.service.image.TakenIn;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser shows is what the server measures. */
@NullUnmarked
class PictureColoursTest {
    private static final int STEP = 16;
    private static final String PIXELS = """
            async ([file, step]) => {
              const blob = await (await fetch("data:image/png;base64," + file)).blob();
              const picture = await createImageBitmap(blob);
              const pen = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
              pen.drawImage(picture, 0, 0);
              const { data } = pen.getImageData(0, 0, picture.width, picture.height);
              const levels = [];
              for (let y = 0; y < picture.height; y += step) {
                for (let x = 0; x < picture.width; x += step) {
                  levels.push(...data.slice(4 * (y * picture.width + x)).slice(0, 3));
                }
              }
              return levels;
            }""";

    @ParameterizedTest
    @ValueSource(strings = {"display-p3.png", "grey-alpha.png", "grey-16.png"})
    void a_picture_is_shown_in_the_colours_that_are_measured(String name) throws Exception {
        byte[] file;
        try (var input = getClass().getResourceAsStream(name)) {
            file = Objects.requireNonNull(input).readAllBytes();
        }
        var served = TakenIn.served(file);

        var measured = TakenIn.measured(served);

        assertAlike(shown(served), measured, 0);
        // the uploaded file itself, which the browser turns into sRGB by its own means
        assertAlike(shown(file), measured, 2);
        assertAlike(shown(file), TakenIn.measured(file), 2);
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> shown(byte[] file) {
        var page = Chromium.shared().page();
        try {
            return (List<Integer>)
                    page.evaluate(PIXELS, List.of(Base64.getEncoder().encodeToString(file), STEP));
        } finally {
            page.context().close();
        }
    }

    private static void assertAlike(List<Integer> shown, BufferedImage measured, int most) {
        int i = 0;
        for (int y = 0; y < measured.getHeight(); y += STEP) {
            for (int x = 0; x < measured.getWidth(); x += STEP) {
                int pixel = measured.getRGB(x, y);
                for (int shift = 16; shift >= 0; shift -= 8) {
                    assertThat(Math.abs(shown.get(i++) - (pixel >> shift & 0xff)))
                            .as("difference at %d, %d", x, y)
                            .isLessThanOrEqualTo(most);
                }
            }
        }
        assertThat(shown).hasSize(i);
    }
}
