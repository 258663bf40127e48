package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTagsTest {
    @ParameterizedTest
    @CsvSource({
        "replace the <image> placeholder, replace the <\u200bimage> placeholder",
        "<image><video><audio>, <\u200bimage><\u200bvideo><\u200baudio>",
        "a < b and <b>bold</b>, a < b and <b>bold</b>",
        "<Image> <images> image>, <Image> <images> image>"
    })
    void what_an_instruction_says_is_no_tag(String written, String exported) {
        assertThat(PictureTags.apart(written)).isEqualTo(exported);
    }
}
