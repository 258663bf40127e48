package org.diptych.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolDocumentTest {
    private static String text(String reference) {
        return ProtocolDocument.bundled(reference).text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit-preference-v1", "edit-comparison-v1"})
    void bundled_protocols_follow_the_schema(String reference) throws IOException {
        try (var stream = ProtocolDocument.class.getResourceAsStream("protocol.schema.json")) {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            assertThat(schema.validate(text(reference), InputFormat.YAML)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit-preference-v1", "edit-comparison-v1"})
    void bundled_protocols_are_complete_in_english_and_chinese(String reference) {
        assertThat(text(reference).split("\\ben:", -1))
                .hasSameSizeAs(text(reference).split("\\bzh:", -1));
    }

    @Test
    void the_reference_is_the_id_with_its_version() {
        assertThat(ProtocolDocument.bundled("edit-preference-v1").protocol().reference())
                .isEqualTo("edit-preference-v1");
    }

    @Test
    void changing_one_byte_changes_the_identity() {
        var original = ProtocolDocument.parse(text("edit-preference-v1")).protocol();
        var changed = ProtocolDocument.parse(text("edit-preference-v1") + "\n").protocol();
        assertThat(changed.sha256()).isNotEqualTo(original.sha256());
    }

    @Test
    void a_third_dimension_is_read_without_a_change_of_code() {
        var document = ProtocolDocument.parse("""
                id: with-preservation
                version: 1
                mode: comparison
                title: {en: Three}
                guideline: {en: Look.}
                skip_reasons: []
                dimensions:
                  - {id: following, title: {en: F}, question: {en: F}}
                  - {id: quality, title: {en: Q}, question: {en: Q}}
                  - {id: preservation, title: {en: P}, question: {en: P}}
                """);
        assertThat(document.protocol().dimensions()).extracting(Dimension::id).endsWith("preservation");
    }

    @Test
    void errors_name_the_field() {
        assertThatThrownBy(() -> ProtocolDocument.parse("id: x\nversion: 1\nmode: stars\n"))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageStartingWith("mode:");
        var noLevels = text("edit-preference-v1").replaceFirst("- value: 2", "- value: 7");
        assertThatThrownBy(() -> ProtocolDocument.parse(noLevels))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageStartingWith("dimensions[0].levels[1].value:");
    }

    @Test
    void broken_yaml_is_refused_with_its_place() {
        assertThatThrownBy(() -> ProtocolDocument.parse("id: [unclosed"))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageContaining("line");
    }

    @Test
    void qualification_is_read_and_has_usual_values_where_the_document_is_silent() {
        assertThat(ProtocolDocument.bundled("edit-preference-v1").protocol().qualification())
                .isEqualTo(new Qualification(4, 0.7, 3));
        var silent = text("edit-comparison-v1").replaceFirst("(?s)qualification:.*", "");
        assertThat(ProtocolDocument.parse(silent).protocol().qualification()).isEqualTo(new Qualification(2, 0.7, 3));
        var wrong = text("edit-comparison-v1").replace("pass_mark: 0.7", "pass_mark: 70");
        assertThatThrownBy(() -> ProtocolDocument.parse(wrong))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageStartingWith("qualification.pass_mark:");
    }
}
