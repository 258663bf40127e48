package org.diptych.service.account;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes the zone that somebody's day is counted in. */
@RestController
class ZoneController {
    private final AccountZones zones;

    ZoneController(AccountZones zones) {
        this.zones = zones;
    }

    @PutMapping("/api/v1/session/zone")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void choose(@AuthenticationPrincipal SignedIn who, @RequestBody Choice choice) {
        zones.choose(who, choice.zone());
    }

    record Choice(@Nullable String zone) {}
}
