package org.diptych;

import java.util.Arrays;
import java.util.Optional;
import org.diptych.embedded.StartFailure;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/** Brings the schema up to date, and refuses data that a newer version has already changed. */
@Component
class SchemaMigration implements FlywayMigrationStrategy {
    @Override
    public void migrate(Flyway flyway) {
        Optional<MigrationInfo> unknown = Arrays.stream(flyway.info().applied())
                .filter(migration ->
                        migration.getVersion() != null && migration.getState().isApplied())
                .filter(migration -> !migration.getState().isResolved())
                .max(MigrationInfo::compareTo);
        if (unknown.isPresent()) {
            throw new StartFailure("This data was written by a newer version of Diptych (schema "
                    + unknown.get().getVersion() + " is unknown here). Start that version or a later one; nothing was"
                    + " changed.");
        }
        flyway.migrate();
    }
}
