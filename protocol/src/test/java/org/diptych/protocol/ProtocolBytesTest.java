package org.diptych.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Documents as they come over a wire. */
class ProtocolBytesTest {
    private static final String TEXT =
            ProtocolDocument.bundled("edit-preference-v1").text();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(byte[] bytes, String words) {
        assertThatThrownBy(() -> ProtocolDocument.read(bytes))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageContaining(words);
    }

    @Test
    void the_digest_is_that_of_the_bytes_as_sent_also_with_a_byte_order_mark() throws Exception {
        for (var text : new String[] {TEXT, "\uFEFF" + TEXT, TEXT.replace("\n", "\r\n")}) {
            var digest = MessageDigest.getInstance("SHA-256").digest(utf8(text));
            assertThat(ProtocolDocument.read(utf8(text)).protocol().sha256())
                    .isEqualTo(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void a_byte_that_is_not_utf_8_is_refused_by_its_line() {
        refused("id: a\ntitle: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), "line 2");
    }

    @Test
    void utf_16_is_named() {
        refused(TEXT.getBytes(StandardCharsets.UTF_16), "UTF-16");
    }

    @Test
    void a_document_above_the_limit_is_refused_before_it_is_scanned() {
        refused(utf8("#".repeat(ProtocolDocument.LARGEST + 1)), "larger than");
        assertThatThrownBy(() -> ProtocolDocument.parse("#".repeat(50_000_000))).hasMessageContaining("larger than");
    }

    @Test
    void nesting_is_limited_and_never_overflows_the_stack() {
        refused(utf8("id: " + "[".repeat(100_000)), "nested deeper");
        refused(utf8("id: " + "{a: ".repeat(100_000)), "nested deeper");
        refused(utf8("- ".repeat(100_000)), "nested deeper");
    }

    @Test
    void characters_that_no_label_could_store_are_refused_also_as_escapes() {
        refused(utf8(TEXT.replaceFirst("id: edit-preference", "id: \"edit\\\\0\"")), "U+0000");
        refused(utf8(TEXT + "\nnote: \"\\ud800\"\n"), "U+D800");
        refused(utf8(TEXT + "\n\"\\x01key\": 1\n"), "U+0001");
        refused(utf8(TEXT + "\nnote: a\u0000b\n"), "U+0000");
        assertThatThrownBy(() -> ProtocolDocument.parse(TEXT + "\n# \ud800\n")).hasMessageContaining("U+D800");
    }

    @Test
    void wrong_yaml_names_the_line() {
        refused(utf8("id: a\nversion: [1\n"), "line 3");
    }

    @Test
    void versions_begin_with_one() {
        refused(utf8(TEXT.replaceFirst("version: 1", "version: 0")), "version: must be at least 1");
    }

    @Test
    void a_value_without_a_name_is_refused_by_its_line_however_deep_it_lies() {
        for (var nameless : new String[] {"null: 1", "!!null x: 1", "?\n: 1"}) {
            refused(utf8("id: a\n" + nameless + "\n"), "line 2 has a value without a name");
        }
        refused(utf8("id: a\nnote:\n  - {b: {null: 1}}\n"), "line 3 has a value without a name");
        refused(utf8("id: a\nnote:\n  ? {null: 1}\n  : b\n"), "line 3 has a value without a name");
        assertThat(ProtocolDocument.parse(TEXT + "\nnote: {\"\": ~, \"null\": 1, 2: !!float 3}\n")
                        .tree())
                .containsKey("note");
    }

    @Test
    void a_value_that_is_not_what_its_tag_says_is_told_in_words_of_our_own() {
        for (var value : new String[] {"!!int abc", "!!int 1.5", "!!float x", "!!binary '%'"}) {
            assertThatThrownBy(() -> ProtocolDocument.read(utf8("id: a\nversion: " + value + "\n")))
                    .isInstanceOf(InvalidProtocolException.class)
                    .hasMessageContaining("line 2")
                    .hasMessageContaining("its tag")
                    .hasMessageNotContaining("Exception");
        }
        refused(utf8("id: a\nversion: !!unheard 1\n"), "line 2");
    }
}
