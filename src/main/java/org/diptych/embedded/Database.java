package org.diptych.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that a server uses, and the two roles in which it does: the application, which can add to history and not
 * change it, and the owner, which changes the schema. They are one where an installation's own database has only one.
 *
 * @param url JDBC address
 * @param application the role for everything but the schema
 * @param owner the role that owns the schema
 */
public record Database(String url, Login application, Login owner) {
    private static final int TIMEOUT_SECONDS = 10;

    /**
     * A role and its password.
     *
     * @param user name of the role
     * @param password its password
     */
    public record Login(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * An installation's own database; it is asked once, so that a wrong address is said in one sentence.
     *
     * @throws StartFailure when it does not answer or refuses
     */
    public static Database external(String url) {
        var application = new Login(
                environment("DIPTYCH_DATABASE_USER", "diptych"), environment("DIPTYCH_DATABASE_PASSWORD", ""));
        @Nullable String user = System.getenv("DIPTYCH_DATABASE_OWNER");
        requireNoLogin(url);
        var owner = user == null || user.isBlank()
                ? application
                : new Login(user, environment("DIPTYCH_DATABASE_OWNER_PASSWORD", ""));
        Database database = new Database(url, application, owner);
        database.require(application, "Check --database-url, DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD.");
        if (!owner.equals(application)) {
            database.require(
                    owner,
                    "Check DIPTYCH_DATABASE_OWNER and DIPTYCH_DATABASE_OWNER_PASSWORD, the role that owns the schema.");
        }
        return database;
    }

    /** The address without its parameters, one of which may be a password: what may be printed. */
    public static String shown(String url) {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static void requireNoLogin(String url) {
        if (shown(url).contains("@")) {
            throw new StartFailure("--database-url must have no user or password in the address. They come from"
                    + " DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD.");
        }
    }

    private static String environment(String name, String otherwise) {
        @Nullable String value = System.getenv(name);
        return value == null ? otherwise : value;
    }

    private void require(Login login, String check) {
        try (Connection connection = source(login).getConnection()) {
            connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException exception) {
            throw new StartFailure(
                    "The database " + shown(url) + " cannot be used by " + login.user + ": " + exception.getMessage()
                            + ". " + check,
                    exception);
        }
    }

    /** New connections as the owner of the schema, who may read everything also before a server has started on it. */
    public DataSource asOwner() {
        return source(owner);
    }

    /** New connections as the application. */
    public DataSource asApplication() {
        return source(application);
    }

    private PGSimpleDataSource source(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setURL(url);
        } catch (IllegalArgumentException unreadable) {
            // whose message repeats the address with its parameters
            throw new StartFailure("--database-url cannot be read. It must look like"
                    + " jdbc:postgresql://localhost:5432/diptych, with a port from 1 to 65535.");
        }
        source.setUser(login.user);
        source.setPassword(login.password);
        source.setConnectTimeout(TIMEOUT_SECONDS);
        source.setLoginTimeout(TIMEOUT_SECONDS);
        return source;
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return application + "@" + shown(url);
    }
}
