package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Which passwords are taken, and that all of a password counts. */
class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void twenty_five_chinese_characters_are_a_password() {
        var chosen = "我的密码很长很安全谁也猜不到因为它有二十五个汉字哦";
        assertThat(chosen).hasSize(25);
        var hash = passwords.encode(Passwords.require(chosen));
        assertThat(passwords.matches(chosen, hash)).isTrue();
        assertThat(passwords.matches(chosen.substring(0, 24), hash)).isFalse();
    }

    @Test
    void no_character_beyond_72_bytes_is_ignored() {
        var long200 = "x".repeat(199) + "y";
        var hash = passwords.encode(Passwords.require(long200));
        assertThat(passwords.matches(long200, hash)).isTrue();
        assertThat(passwords.matches("x".repeat(200), hash)).isFalse();
    }

    @Test
    void length_is_counted_in_characters_as_people_see_them() {
        assertThat(Passwords.require("🔑".repeat(200))).hasSize(400);
        for (var wrong : List.of("", "too short", "🔑".repeat(9), "x".repeat(201), "🔑".repeat(201))) {
            assertThatThrownBy(() -> Passwords.require(wrong))
                    .as(wrong)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("10 to 200 characters");
        }
    }

    @Test
    void what_no_keyboard_makes_is_refused_in_words() {
        for (var damaged : List.of(
                "with nul \0 inside", "half \uD83D of a pair", "lost \uFFFD\uFFFD on the way", "tab\there it is")) {
            assertThatThrownBy(() -> Passwords.require(damaged))
                    .as(damaged)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("control character");
        }
    }

    @Test
    void what_is_tried_first_is_refused_in_capitals_too() {
        for (var common : List.of("1234567890", "qwertyuiop", "Basketball", "PASSWORD12")) {
            assertThatThrownBy(() -> Passwords.require(common))
                    .as(common)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("tried first");
        }
        assertThat(Passwords.require("basketball at noon")).isNotEmpty();
    }

    @Test
    void an_accent_may_be_typed_in_either_way() {
        var composed = "Größenänderung";
        var decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(composed);
        assertThat(passwords.matches(decomposed, passwords.encode(composed))).isTrue();
    }

    @Test
    void a_hash_of_an_earlier_version_still_works_and_asks_to_be_replaced() {
        var decomposed = Normalizer.normalize("Größenänderung", Normalizer.Form.NFD);
        for (var earlier : List.of("a plain old password", decomposed)) {
            var hash = new BCryptPasswordEncoder().encode(earlier);
            assertThat(passwords.matches(earlier, hash)).isTrue();
            assertThat(passwords.matches(earlier + "x", hash)).isFalse();
            assertThat(passwords.upgradeEncoding(hash)).isTrue();
        }
        assertThat(passwords.upgradeEncoding(passwords.encode("a plain new password")))
                .isFalse();
    }

    @Test
    void a_password_that_nobody_could_have_chosen_is_not_hashed_at_all() {
        assertThat(passwords.matches("x".repeat(1_000_000), passwords.encode("something else")))
                .isFalse();
    }
}
