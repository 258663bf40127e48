package org.diptych;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.diptych.embedded.ApplicationRights;
import org.diptych.embedded.StartFailure;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date as its owner, refuses data that a newer version has already changed, and says what the
 * application may do in it.
 */
@Component
class SchemaMigration implements FlywayMigrationStrategy {
    private static final String NO_RIGHT = "42501";

    private final String application;
    private final String owner;

    SchemaMigration(
            @Value("${spring.datasource.username}") String application,
            @Value("${spring.flyway.user:${spring.datasource.username}}") String owner) {
        this.application = application;
        this.owner = owner;
    }

    @Override
    public void migrate(Flyway flyway) {
        try {
            requireNothingNewer(flyway);
            flyway.migrate();
            ApplicationRights.grant(flyway.getConfiguration().getDataSource(), application);
        } catch (FlywayException failure) {
            throw lacksRights(failure) ? notTheOwner(failure) : failure;
        } catch (SQLException failure) {
            throw lacksRights(failure) ? notTheOwner(failure) : new IllegalStateException(failure);
        }
    }

    private static void requireNothingNewer(Flyway flyway) {
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
    }

    private StartFailure notTheOwner(Exception failure) {
        return new StartFailure(
                "The role " + owner
                        + " may not change the schema of the database, which is older than this version of"
                        + " Diptych. Name the role that owns it in DIPTYCH_DATABASE_OWNER and"
                        + " DIPTYCH_DATABASE_OWNER_PASSWORD; nothing was changed."
                        + (owner.equals(application)
                                ? ""
                                : " If its tables belong to " + application + ", in which the application works, give"
                                        + " them to " + owner + " (REASSIGN OWNED BY): two roles are needed to keep the"
                                        + " application from changing history."),
                failure);
    }

    private static boolean lacksRights(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && NO_RIGHT.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
