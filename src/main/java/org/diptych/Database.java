package org.diptych;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.diptych.embedded.StartFailure;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that a server uses.
 *
 * @param url JDBC address
 * @param user user name
 * @param password password
 */
record Database(String url, String user, String password) {
    private static final int TIMEOUT_SECONDS = 10;

    /**
     * An installation's own database; it is asked once, so that a wrong address is said in one sentence.
     *
     * @throws StartFailure when it does not answer or refuses
     */
    static Database external(String url) {
        Database database = new Database(
                url,
                Objects.requireNonNullElse(System.getenv("DIPTYCH_DATABASE_USER"), "diptych"),
                Objects.requireNonNullElse(System.getenv("DIPTYCH_DATABASE_PASSWORD"), ""));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setConnectTimeout(TIMEOUT_SECONDS);
        source.setLoginTimeout(TIMEOUT_SECONDS);
        try (Connection connection = source.getConnection(database.user, database.password)) {
            connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException exception) {
            throw new StartFailure(
                    "The database " + url + " cannot be used by " + database.user + ": " + exception.getMessage()
                            + ". Check --database-url, DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD.",
                    exception);
        }
        return database;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + url;
    }
}
