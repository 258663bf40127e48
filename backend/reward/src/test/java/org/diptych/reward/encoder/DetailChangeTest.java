package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class DetailChangeTest {

    @Test
    void a_square_that_was_put_in_leaves_straight_steps_and_a_soft_change_none() {
        float[] residuals = new float[ToneChange.SIDE * ToneChange.SIDE];
        float[] soft = new float[residuals.length];
        for (int y = 0; y < ToneChange.SIDE; y++) {
            for (int x = 0; x < ToneChange.SIDE; x++) {
                residuals[y * ToneChange.SIDE + x] = Math.max(Math.abs(x - 50), Math.abs(y - 50)) < 10 ? 60 : 0;
                soft[y * ToneChange.SIDE + x] = (float) Math.max(0, 60 - 2 * Math.hypot(x - 50.0, y - 50.0));
            }
        }
        try (var network = new MobileNetV2(PyTorch.device())) {
            var image = ImageAnalysis.of(plain(), network);
            assertThat(DetailChange.of(image, image, residuals).steps()).isGreaterThan(0);
            assertThat(DetailChange.of(image, image, soft).steps()).isZero();
            assertThat(DetailChange.of(image, image, soft).median()).isZero();
        }
    }

    private static BufferedImage plain() {
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(90, 120, 60));
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        return image;
    }
}
