package org.diptych.service.delivery;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Subscriptions and webhooks, for programs of leads. */
@RestController
@RequestMapping("/api/v1")
class DeliveryController {
    private final Subscriptions subscriptions;
    private final Webhooks webhooks;

    DeliveryController(Subscriptions subscriptions, Webhooks webhooks) {
        this.subscriptions = subscriptions;
        this.webhooks = webhooks;
    }

    @GetMapping("/alert-subscription")
    Subscription subscription(@AuthenticationPrincipal SignedIn who) {
        return subscriptions
                .of(who)
                .orElseThrow(() -> Problem.notFound("not_subscribed", "You have not subscribed to alerts."));
    }

    @PutMapping("/alert-subscription")
    Subscription subscribe(@AuthenticationPrincipal SignedIn who, @RequestBody Subscription wanted) {
        subscriptions.put(who, wanted);
        return subscription(who);
    }

    @DeleteMapping("/alert-subscription")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unsubscribe(@AuthenticationPrincipal SignedIn who) {
        subscriptions.end(who);
    }

    @GetMapping("/campaigns/{campaign}/webhooks")
    List<Webhook> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return webhooks.list(who, campaign);
    }

    /** Where to. */
    record Wanted(String url) {}

    @PostMapping("/campaigns/{campaign}/webhooks")
    @ResponseStatus(HttpStatus.CREATED)
    Webhook.New create(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Wanted wanted) {
        return webhooks.create(who, campaign, wanted.url());
    }

    @DeleteMapping("/campaigns/{campaign}/webhooks/{webhook}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID webhook) {
        webhooks.remove(who, campaign, webhook);
    }

    @PostMapping("/campaigns/{campaign}/webhooks/{webhook}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void test(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID webhook) {
        webhooks.test(who, campaign, webhook);
    }

    @GetMapping("/campaigns/{campaign}/webhooks/{webhook}/deliveries")
    List<Webhook.Delivery> deliveries(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID webhook) {
        return webhooks.deliveries(who, campaign, webhook);
    }
}
