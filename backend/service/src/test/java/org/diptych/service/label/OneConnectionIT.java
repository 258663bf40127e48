package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.campaign.CampaignProgressService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody waits for a second connection while holding one: everything an annotator calls does with a single one. */
@ServiceTest
class OneConnectionIT {
    private static final int CALLERS = 24;

    @Autowired
    DataSource pool;

    @Autowired
    LabelController controller;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    CampaignProgressService progress;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Test
    void more_callers_than_connections_read_their_own_labels_at_once() throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 6, 1);
        var ann = fixture.annotators(campaign, 1).getFirst();
        for (var held : assignments.claim(ann, campaign, 6).assignments()) {
            labels.submit(ann, TestSubmissions.rated(held, 3, 2));
        }
        var hikari = ((HikariDataSource) pool).getHikariConfigMXBean();
        int before = hikari.getMaximumPoolSize();
        hikari.setMaximumPoolSize(1);
        ((HikariDataSource) pool).getHikariPoolMXBean().softEvictConnections();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var calls = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                calls.add(threads.submit(() -> read(ann, campaign)));
            }
            for (var call : calls) {
                call.get(25, TimeUnit.SECONDS);
            }
        } finally {
            hikari.setMaximumPoolSize(before);
        }
    }

    private void read(SignedIn who, UUID campaign) {
        assertThat(controller.own(who, campaign, 50))
                .hasSize(6)
                .allSatisfy(
                        label -> assertThat(label.assignment().instruction()).isNotEmpty());
        assertThat(progress.annotating(who)).isNotEmpty();
    }
}
