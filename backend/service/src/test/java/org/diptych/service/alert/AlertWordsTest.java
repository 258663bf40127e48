package org.diptych.service.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AlertWordsTest {
    private static final Alert GOLD = new Alert(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "Edits",
            AlertKind.GOLD_LOW,
            "",
            Alert.State.OPEN,
            Map.of("name", "R. Okafor", "accuracy", 0.4, "answers", 40, "low", 0.25, "high", 0.55, "bound", 0.6),
            Instant.EPOCH,
            null,
            null,
            null);

    @Test
    void a_cause_is_said_in_the_language_of_the_reader() {
        assertThat(new AlertWords(Locale.ENGLISH, ZoneOffset.UTC).cause(GOLD))
                .isEqualTo("gold accuracy of R. Okafor is 40% on 40 answers; its interval 25% to 55% ends under 60%");
        assertThat(new AlertWords(Locale.CHINESE, ZoneOffset.UTC).cause(GOLD)).startsWith("R. Okafor 的金标准准确率");
        assertThat(new AlertWords(Locale.FRENCH, ZoneOffset.UTC).cause(GOLD)).startsWith("gold accuracy");
    }

    @Test
    void both_languages_have_all_texts() {
        var english = ResourceBundle.getBundle("org.diptych.service.alert.words", Locale.ROOT);
        var chinese = ResourceBundle.getBundle("org.diptych.service.alert.words", Locale.CHINESE);

        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        for (var key : english.keySet()) {
            assertThat(chinese.getString(key)).as(key).isNotEqualTo(english.getString(key));
        }
    }
}
