package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.net.URI;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Exports as a program asks for them. */
@ServiceTest
@NullUnmarked
class ExportRequestIT {
    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private SignedIn admin;
    private UUID campaign;

    @BeforeEach
    void a_campaign_without_labels(@Autowired WebApplicationContext context, @Autowired AccountService accounts) {
        http = new HttpFixture(context);
        admin = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
    }

    @Test
    void several_filters_are_one_filter() throws Exception {
        var answer = export("format=parquet&filter=stratum%3Duniform&filter=stratum%3Dgold&filter=simulated%3Dinclude");

        assertThat(answer.problem()).isEqualTo("409 nothing_to_export");
        assertThat(answer.detail()).contains("stratum uniform, gold; simulated annotators included");
        assertThat(export("format=parquet&format=trl").problem()).isEqualTo("422 repeated_field format");
    }

    @Test
    void a_name_in_a_filter_may_hold_a_comma_and_an_equals_sign() throws Exception {
        assertThat(export("format=trl&filter=model%3Da%2C%20b%3D2").detail())
                .contains("one of 1 chosen editing models");
        assertThat(export("format=trl&filter=annotator%3Da%2Cb&filter=annotator%3Dc")
                        .detail())
                .contains("2 chosen annotators");
    }

    @Test
    void what_a_format_has_no_use_for_is_refused_by_name() throws Exception {
        assertThat(export("format=replay&split=80/10/10").problem()).isEqualTo("422 no_options split");
        assertThat(export("format=argilla&ties=split").problem()).isEqualTo("422 no_options ties");
        assertThat(export("format=replay&names=none").problem()).isEqualTo("422 no_options names");
        assertThat(export("format=trl&ties=half").problem()).isEqualTo("422 unknown_ties ties");
        assertThat(export("format=trl&filter=stratum").problem()).isEqualTo("422 unknown_filter filter");
        assertThat(export("format=trl&filter=").problem()).isEqualTo("422 unknown_filter filter");
        assertThat(export("format=csv").problem()).isEqualTo("422 unknown_format format");
    }

    @Test
    void who_takes_a_dataset_is_written_down_and_who_gets_none_is_not() throws Exception {
        assertThat(export("format=jsonl&names=pseudonym&filter=simulated%3Dexclude")
                        .status())
                .isEqualTo(200);
        assertThat(export("format=parquet").problem()).isEqualTo("409 nothing_to_export");

        assertThat(jdbc.sql("""
                        SELECT detail #>> '{after,format}' || ' ' || (detail #>> '{after,names}')
                            || ' ' || (detail #>> '{after,filter,simulated}')
                        FROM audit_event WHERE action = 'dataset.exported' AND campaign_id = ? AND account_id = ?""")
                        .params(campaign, admin.id())
                        .query(String.class)
                        .list())
                .containsExactly("jsonl pseudonym false");
    }

    private Answer export(String query) throws Exception {
        return http.send(admin, get(URI.create("/api/v1/campaigns/" + campaign + "/export?" + query)));
    }
}
