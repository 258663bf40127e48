package org.diptych.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.alert.AlertWatch;
import org.diptych.service.alert.Alerts;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Alerts reach people by mail and programs by webhook, through servers in this process. */
@ServiceTest
class DeliveryIT {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final AtomicInteger ANSWER = new AtomicInteger(200);
    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();
    private static final HttpServer HOOKS = hooks();

    private record Call(String path, String signature, String body) {}

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add("diptych.mail.host", () -> "127.0.0.1");
        properties.add("diptych.mail.port", () -> MAIL.getSmtp().getPort());
        properties.add("diptych.mail.security", () -> "none");
        properties.add("diptych.mail.from", () -> "diptych@example.org");
        properties.add("diptych.webhooks.hosts", () -> "127.0.0.1,*.example.org");
        properties.add("diptych.webhooks.private-addresses", () -> "true");
    }

    private static HttpServer hooks() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", DeliveryIT::take);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        CALLS.add(new Call(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst(Signature.HEADER),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(ANSWER.get(), -1);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
        HOOKS.stop(0);
    }

    @Autowired
    AccountService accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Webhooks webhooks;

    @Autowired
    AlertWatch watch;

    @Autowired
    Alerts alerts;

    @Autowired
    AlertDelivery delivery;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn lead;

    @BeforeEach
    void a_campaign() throws Exception {
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 3, 1);
        lead = person(Role.LEAD);
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        MAIL.purgeEmailFromAllMailboxes();
        CALLS.clear();
        ANSWER.set(200);
    }

    private SignedIn person(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private void trainingFails() {
        jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger, message)
                        VALUES (?, 'FAILED', 'MANUAL', 'The loss was not finite.')""").param(campaign).update();
        watch.look(() -> false);
    }

    private String hook(String path) {
        return "http://127.0.0.1:" + HOOKS.getAddress().getPort() + path;
    }

    /** The time until the next attempt goes by. */
    private void later() {
        jdbc.sql("UPDATE webhook_delivery SET next_at = now() - interval '1 second' WHERE state = 'WAITING'")
                .update();
        jdbc.sql("UPDATE alert_mail SET next_at = now() - interval '1 second' WHERE done_at IS NULL")
                .update();
    }

    @Test
    void who_subscribed_gets_each_alert_once_and_nobody_else_gets_any() throws Exception {
        trainingFails();
        delivery.sendDue();
        assertThat(MAIL.getReceivedMessages()).isEmpty();

        subscriptions.put(lead, new Subscription("lead@example.org", Subscription.Delivery.AT_ONCE));
        subscriptions.put(person(Role.LEAD), new Subscription("other@example.org", Subscription.Delivery.AT_ONCE));
        trainingFails();
        delivery.sendDue();
        delivery.sendDue();

        assertThat(MAIL.getReceivedMessages()).singleElement().satisfies(mail -> {
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("lead@example.org");
            assertThat(mail.getSubject()).startsWith("Diptych: campaign ");
            assertThat(mail.getContent().toString()).contains("training failed: The loss was not finite.");
        });
    }

    @Test
    void a_digest_waits_for_the_morning_and_leaves_out_what_was_solved() {
        subscriptions.put(lead, new Subscription("lead@example.org", Subscription.Delivery.DAILY));
        trainingFails();
        delivery.sendDue();
        assertThat(MAIL.getReceivedMessages()).isEmpty();

        jdbc.sql("UPDATE alert_mail SET created_at = created_at - interval '25 hours'")
                .update();
        delivery.sendDue();
        assertThat(MAIL.getReceivedMessages()).hasSize(1);

        trainingFails();
        jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'QUEUED', 'MANUAL')")
                .param(campaign)
                .update();
        watch.look(() -> false);
        jdbc.sql("UPDATE alert_mail SET created_at = created_at - interval '25 hours'")
                .update();
        delivery.sendDue();
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void who_leads_no_more_gets_nothing_that_waited() {
        subscriptions.put(lead, new Subscription("lead@example.org", Subscription.Delivery.AT_ONCE));
        trainingFails();
        jdbc.sql("DELETE FROM campaign_member WHERE account_id = ?")
                .param(lead.id())
                .update();
        delivery.sendDue();

        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void an_address_that_is_more_than_one_address_is_refused() {
        for (var address : List.of("maria", "a@b.org, c@d.org", "Maria <m@example.org>", "a@b.org\nBcc: c@d.org")) {
            assertThatThrownBy(() -> subscriptions.put(lead, new Subscription(address, Subscription.Delivery.AT_ONCE)))
                    .as(address)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.properties()).containsEntry("field", "address"));
        }
        assertThat(subscriptions.of(lead)).isEmpty();
    }

    @Test
    void a_webhook_is_called_with_a_signature_that_its_secret_makes() {
        var made = webhooks.create(lead, campaign, hook("/hook"));
        trainingFails();
        delivery.sendDue();

        assertThat(CALLS).singleElement().satisfies(call -> {
            assertThat(call.body()).contains("\"kind\":\"training_failed\"", campaign.toString());
            long seconds = Long.parseLong(
                    call.signature().substring(2, call.signature().indexOf(',')));
            assertThat(call.signature()).isEqualTo(Signature.of(made.secret(), seconds, call.body()));
        });
        assertThat(webhooks.deliveries(lead, campaign, made.id()))
                .extracting(Webhook.Delivery::state, Webhook.Delivery::status)
                .containsExactly(tuple("DELIVERED", 200));
        assertThat(webhooks.list(lead, campaign).toString()).doesNotContain(made.secret());
    }

    @Test
    void a_call_that_fails_is_made_again_later_and_given_up_at_the_eighth_time() {
        ANSWER.set(503);
        var made = webhooks.create(lead, campaign, hook("/hook"));
        webhooks.test(lead, campaign, made.id());
        delivery.sendDue();
        delivery.sendDue();
        assertThat(CALLS).hasSize(1);

        for (int attempt = 2; attempt <= 9; attempt++) {
            later();
            delivery.sendDue();
        }
        assertThat(CALLS).hasSize(8);
        assertThat(webhooks.deliveries(lead, campaign, made.id()))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.state()).isEqualTo("GIVEN_UP");
                    assertThat(call.status()).isEqualTo(503);
                });

        webhooks.test(lead, campaign, made.id());
        delivery.sendDue();
        ANSWER.set(204);
        later();
        delivery.sendDue();
        assertThat(webhooks.deliveries(lead, campaign, made.id()).getFirst().state())
                .isEqualTo("DELIVERED");
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() {
        ANSWER.set(302);
        var made = webhooks.create(lead, campaign, hook("/hook"));
        webhooks.test(lead, campaign, made.id());
        delivery.sendDue();

        assertThat(CALLS).extracting(Call::path).containsExactly("/hook");
        assertThat(webhooks.deliveries(lead, campaign, made.id()).getFirst().status())
                .isEqualTo(302);
    }

    @Test
    void what_was_removed_is_called_no_more() {
        var made = webhooks.create(lead, campaign, hook("/hook"));
        webhooks.test(lead, campaign, made.id());
        webhooks.remove(lead, campaign, made.id());
        delivery.sendDue();

        assertThat(CALLS).isEmpty();
        assertThat(webhooks.list(lead, campaign)).isEmpty();
    }

    @Test
    void only_hosts_of_the_list_are_called_and_only_leads_add_them() {
        var refused = Map.of(
                "https://example.com/hook", "host_not_allowed",
                "https://example.org/hook", "host_not_allowed",
                "https://evil-example.org/", "host_not_allowed",
                "ftp://hooks.example.org/", "invalid_url",
                "https://user:word@hooks.example.org/", "invalid_url",
                "nothing", "invalid_url");
        refused.forEach((url, code) -> assertThatThrownBy(() -> webhooks.create(lead, campaign, url))
                .as(url)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code)));
        assertThat(webhooks.create(lead, campaign, "https://hooks.example.org/x")
                        .url())
                .isEqualTo("https://hooks.example.org/x");
        assertThatThrownBy(() -> webhooks.create(person(Role.LEAD), campaign, hook("/hook")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void addresses_inside_are_known_as_such() throws Exception {
        for (var inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe80::1",
                "224.0.0.1",
                "::ffff:10.0.0.1")) {
            assertThat(WebhookAddresses.isInside(InetAddress.getByName(inside)))
                    .as(inside)
                    .isTrue();
        }
        for (var outside :
                List.of("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "172.32.0.1", "100.128.0.1")) {
            assertThat(WebhookAddresses.isInside(InetAddress.getByName(outside)))
                    .as(outside)
                    .isFalse();
        }
        var closed = new WebhookAddresses(new WebhookSettings(List.of("127.0.0.1"), false));
        assertThatThrownBy(() -> closed.requireReachable(URI.create("https://127.0.0.1/")))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> closed.checked("http://127.0.0.1/")).isInstanceOf(Problem.class);
    }
}
