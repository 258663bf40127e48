package org.diptych.service.account;

import java.time.ZoneId;
import java.util.Optional;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where people live, as far as their day goes: "today" is since the last midnight there in everything that they read. In
 * SQL that is {@code midnight_of(account)}; who never chose a zone lives in UTC.
 */
@Service
@Transactional
public class AccountZones {
    private final JdbcClient jdbc;

    AccountZones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The zone that the account chose. */
    @Transactional(readOnly = true)
    public Optional<String> chosen(SignedIn who) {
        return jdbc.sql("SELECT time_zone FROM account WHERE id = ? AND time_zone IS NOT NULL")
                .param(who.id())
                .query(String.class)
                .optional();
    }

    /** Where the account's days begin. */
    @Transactional(readOnly = true)
    public ZoneId of(SignedIn who) {
        return ZoneId.of(jdbc.sql("SELECT zone_of(?)")
                .param(who.id())
                .query(String.class)
                .single());
    }

    /**
     * Chooses a zone.
     *
     * @param zone its id in the IANA database, e.g. {@code Europe/Berlin}
     * @throws Problem {@code invalid_zone}
     */
    @Unaudited("one's own choice of zone")
    public void choose(SignedIn who, @Nullable String zone) {
        if (zone == null || !ZoneId.getAvailableZoneIds().contains(zone) || !databaseKnows(zone)) {
            throw Problem.invalid(
                    "invalid_zone", "zone", "Give the id of a time zone as the IANA names it, e.g. Europe/Berlin.");
        }
        jdbc.sql("UPDATE account SET time_zone = ? WHERE id = ?")
                .params(zone, who.id())
                .update();
    }

    /** Both read the same source, but not always the same edition of it. */
    private boolean databaseKnows(String zone) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = ?)")
                .param(zone)
                .query(Boolean.class)
                .single();
    }
}
