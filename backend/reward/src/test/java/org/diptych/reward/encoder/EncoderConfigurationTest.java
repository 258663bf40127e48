package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderConfigurationTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; one JSON object",
                "null; one JSON object",
                "[]; one JSON object",
                "{\"encoder\": \"embedded\"} {}; one JSON object",
                "{; at line 1, column 2: from here it is not valid JSON",
                "{\"encoder\": \"embedded\",|}; at line 2, column 1: from here it is not valid JSON",
                "{}; \"encoder\" must be \"embedded\", \"exported\" or \"served\"",
                "{\"encoder\": \"embeded\"}; \"encoder\" must be \"embedded\", \"exported\" or \"served\"",
                "{\"encoder\": \"exported\",|\"image\": \"a.pt\", \"sise\": 8}; size: a whole number is expected",
                "{\"encoder\": \"exported\", \"size\": 8, \"imege\": \"a.pt\"}; name either an \"image\" or a \"joint\" network",
                "{\"encoder\": \"exported\",|\"image\": \"a.pt\", \"size\": \"big\"}; at line 2, column",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\", \"size\": \"big\"}; size: a whole number is expected",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\"}; size: a whole number is expected",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\", \"size\": 99999999999}; size: this number is too large",
                "{\"encoder\": \"exported\", \"image\": {}, \"size\": 8}; image: a text is expected",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\", \"size\": 8, \"mean\": 3}; mean: a list is expected",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\", \"size\": 8, \"mean\": [1, \"x\", 2]}; mean: a number is",
                "{\"encoder\": \"exported\", \"fine_tune\": {\"epochs\": 1}}; fine_tune.learning_rate: a number is expected",
                "{\"encoder\": \"served\", \"mode\": \"chart\"}; mode: EMBEDDING or CHAT is expected",
                "{\"encoder\": \"exported\", \"image\": \"a.pt\", \"size\": 8, \"mean\": [1]}; give the input \"size\""
            })
    void what_is_wrong_is_said_with_file_place_and_field(String configuration, String said) throws IOException {
        var file = Files.writeString(folder.resolve("encoder.json"), configuration.replace('|', '\n'));
        assertThatThrownBy(() -> EncoderConfiguration.read(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("the encoder configuration " + file + " is wrong")
                .hasMessageContaining(said)
                .hasMessageNotContainingAny("REDACTED", "Source", "org.diptych", "java.");
    }
}
