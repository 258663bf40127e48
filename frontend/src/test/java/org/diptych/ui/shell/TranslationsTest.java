package org.diptych.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.i18n.DefaultI18NProvider;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every text of the pages is there in every language, and every text that a page asks for is there at all. */
class TranslationsTest {
    /** Keys in the sources: literal ones, and the beginnings of those put together from an enum or an id. */
    private static final Pattern KEY =
            Pattern.compile("(?:translate|getTranslation|super)\\(\\s*\"([a-z][a-zA-Z0-9.-]*)\"(\\s+\\+)?");

    private final Properties english = read("vaadin-i18n/translations_en.properties");
    private final Properties chinese = read("vaadin-i18n/translations_zh.properties");

    @Test
    void both_languages_have_the_same_texts() {
        assertThat(new TreeSet<>(chinese.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    }

    @Test
    void every_text_names_the_same_parameters_in_both_languages() {
        for (var key : english.stringPropertyNames()) {
            assertThat(parameters(chinese.getProperty(key))).as(key).isEqualTo(parameters(english.getProperty(key)));
        }
    }

    @Test
    void no_text_is_blank_and_none_with_parameters_has_an_apostrophe_that_would_be_swallowed() {
        for (var key : english.stringPropertyNames()) {
            for (var texts : List.of(english, chinese)) {
                var text = texts.getProperty(key);
                assertThat(text).as(key).isNotBlank();
                if (!parameters(text).isEmpty()) {
                    assertThat(text).as(key).doesNotContain("'");
                }
            }
        }
    }

    @Test
    void every_text_that_a_page_asks_for_is_there() throws IOException {
        var asked = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (var source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                var matcher = KEY.matcher(Files.readString(source));
                while (matcher.find()) {
                    asked.add(matcher.group(1) + (matcher.group(2) == null ? "" : "*"));
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(100);
        assertThat(asked.stream().filter(key -> !known(key)).toList()).isEmpty();
    }

    @Test
    void the_provider_finds_chinese() {
        var provider = new DefaultI18NProvider(List.of(Locale.ENGLISH, Locale.CHINESE));

        assertThat(provider.getTranslation("nav.agreement", Locale.CHINESE)).isEqualTo("一致性");
        assertThat(provider.getTranslation("nav.agreement", Locale.ENGLISH)).isEqualTo("Agreement");
    }

    private boolean known(String key) {
        return key.endsWith("*")
                ? english.stringPropertyNames().stream()
                        .anyMatch(each -> each.startsWith(key.substring(0, key.length() - 1)))
                : english.containsKey(key);
    }

    private static String parameters(String text) {
        return Pattern.compile("\\{(\\d)[^}]*}")
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .sorted()
                .collect(Collectors.joining());
    }

    private static Properties read(String resource) {
        var texts = new Properties();
        try (var reader = new InputStreamReader(
                Objects.requireNonNull(TranslationsTest.class.getClassLoader().getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
        return texts;
    }
}
