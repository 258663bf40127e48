package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import org.diptych.protocol.ProtocolDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every worked example of a bundled protocol has its pictures. */
class ExamplePicturesTest {
    private static final int LARGEST = 60 * 1024;

    @ParameterizedTest
    @CsvSource({"edit-preference-v1, 1", "edit-comparison-v1, 2"})
    void each_example_has_a_source_and_as_many_edits_as_it_speaks_of(String protocol, int edits) throws IOException {
        var examples = new ExamplePictures().of(protocol);
        var written = (Collection<?>)
                Objects.requireNonNull(ProtocolDocument.bundled(protocol).tree().get("examples"));
        assertThat(examples).hasSameSizeAs(written);
        for (var example : examples) {
            assertThat(example.edits()).hasSize(edits);
            for (var edit : example.edits()) {
                assertThat(edit.width()).isEqualTo(example.source().width());
                assertThat(edit.height()).isEqualTo(example.source().height());
                assertThat(edit.content().contentLength()).isLessThan(LARGEST);
            }
        }
    }

    @Test
    void a_protocol_of_a_leads_own_has_none() throws IOException {
        assertThat(new ExamplePictures().of("their-own-v1")).isEmpty();
    }
}
