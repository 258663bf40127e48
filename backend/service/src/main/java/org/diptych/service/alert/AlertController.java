package org.diptych.service.alert;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for leads and administrators, for programs. */
@RestController
@RequestMapping("/api/v1")
class AlertController {
    private final Alerts alerts;

    AlertController(Alerts alerts) {
        this.alerts = alerts;
    }

    @GetMapping("/alerts")
    List<Alert> all(
            @AuthenticationPrincipal SignedIn who, @RequestParam(required = false) Alert.@Nullable State state) {
        return alerts.list(who, state);
    }

    @GetMapping("/campaigns/{campaign}/alerts")
    List<Alert> of(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(required = false) Alert.@Nullable State state) {
        return alerts.list(who, campaign, state);
    }

    @PostMapping("/alerts/{alert}/acknowledgement")
    Alert acknowledge(@AuthenticationPrincipal SignedIn who, @PathVariable UUID alert) {
        return alerts.acknowledge(who, alert);
    }

    @GetMapping("/campaigns/{campaign}/alert-bounds")
    AlertBounds bounds(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return alerts.bounds(who, campaign);
    }

    @PutMapping("/campaigns/{campaign}/alert-bounds")
    AlertBounds change(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody AlertBounds bounds) {
        alerts.change(who, campaign, bounds);
        return bounds;
    }
}
