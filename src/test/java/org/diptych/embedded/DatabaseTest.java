package org.diptych.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost:1/d?user=u&password=S3cret, jdbc:postgresql://localhost:1/d cannot be used",
        "jdbc:postgresql://localhost:5432x/d?password=S3cret, --database-url cannot be read",
        "jdbc:postgresql://localhost:70000/d?password=S3cret, --database-url cannot be read",
        "jdbc:postgresql://u:S3cret@localhost:1/d, no user or password in the address",
        "jdbc:postgresql://u:S3cret@localhost/d, no user or password in the address"
    })
    void an_address_that_cannot_be_used_is_said_without_what_may_be_a_password(String url, String said) {
        assertThatThrownBy(() -> Database.external(url))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("S3cret");
    }

    @Test
    void a_database_is_shown_without_the_parameters_of_its_address() {
        var login = new Database.Login("u", "S3cret");
        assertThat(new Database("jdbc:postgresql://h/d?password=S3cret", login, login))
                .hasToString("u@jdbc:postgresql://h/d");
        assertThat(Database.shown("jdbc:postgresql://h/d")).isEqualTo("jdbc:postgresql://h/d");
    }
}
