package org.diptych.service.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
class ProtocolServiceIT {
    @Autowired
    ProtocolService protocols;

    private SignedIn lead;

    @BeforeEach
    void somebody_who_leads(@Autowired AccountService accounts) {
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Lea", Role.LEAD, null)
                .account();
    }

    @Test
    void the_bundled_protocols_are_published_at_the_start() {
        assertThat(protocols.references()).contains("edit-preference-v1", "edit-comparison-v1");
    }

    @Test
    void publishing_the_same_bytes_again_changes_nothing() {
        var published = protocols.byReference("edit-preference-v1");
        assertThat(protocols.publish(lead, published).protocol().sha256())
                .isEqualTo(published.protocol().sha256());
    }

    @Test
    void one_changed_byte_is_refused_with_what_to_do() {
        var text = protocols.byReference("edit-preference-v1").text();
        var own = text.replaceFirst("id: edit-preference", "id: one-byte");
        protocols.publish(lead, ProtocolDocument.parse(own));
        var changed = ProtocolDocument.parse(own.replaceFirst("Very poor", "Very pooR"));
        assertThatThrownBy(() -> protocols.publish(lead, changed))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("protocol_published"))
                .hasMessageContaining("version 2");
    }

    @Test
    void an_unknown_reference_names_those_that_exist() {
        assertThatThrownBy(() -> protocols.byReference("stars-v1"))
                .hasMessageContaining("stars-v1")
                .hasMessageContaining("edit-preference-v1");
    }
}
