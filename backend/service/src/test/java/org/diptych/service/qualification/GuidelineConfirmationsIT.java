package org.diptych.service.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class GuidelineConfirmationsIT {
    private static final String SHA256 =
            ProtocolDocument.bundled("edit-preference-v1").protocol().sha256();

    @Autowired
    GuidelineConfirmations confirmations;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn ann;
    private SignedIn stranger;

    @BeforeEach
    void a_campaign_with_one_annotator() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        ann = fixture.annotators(campaign, 1).getFirst();
        stranger = fixture.annotators(fixture.campaign("edit-preference-v1", 1, 1), 1)
                .getFirst();
    }

    @Test
    void a_confirmation_is_stored_with_its_version_and_its_time_and_given_once() {
        assertThat(confirmations.find(ann.id(), campaign, SHA256)).isEmpty();
        var first = confirmations.confirm(ann, campaign, SHA256);
        assertThat(first.protocolSha256()).isEqualTo(SHA256);
        assertThat(confirmations.confirm(ann, campaign, SHA256)).isEqualTo(first);
        assertThat(confirmations.find(ann.id(), campaign, SHA256)).contains(first);
        assertThatThrownBy(() -> jdbc.sql("UPDATE guideline_confirmation SET confirmed_at = now()")
                        .update())
                .hasMessageContaining("append-only");
    }

    @Test
    void another_version_than_the_campaigns_cannot_be_confirmed() {
        var other = ProtocolDocument.bundled("edit-comparison-v1").protocol().sha256();
        assertThatThrownBy(() -> confirmations.confirm(ann, campaign, other))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo("protocol_changed");
                    assertThat(problem.properties()).containsEntry("protocolSha256", SHA256);
                });
    }

    @Test
    void only_members_confirm() {
        assertThatThrownBy(() -> confirmations.confirm(stranger, campaign, SHA256))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_campaign"));
    }
}
