package org.diptych.service.account;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A new password from beside the server, for whoever may open the database: the way back when nobody can sign in. */
public final class PasswordRecovery {
    private PasswordRecovery() {}

    /**
     * Gives an account a password and ends its sign-ins and tokens; a server that runs takes note within seconds.
     *
     * @param password the password, or null for a random one
     * @throws Problem {@code unknown_account}, {@code simulated} or {@code weak_password}, and nothing was changed
     */
    public static Recovered reset(DataSource database, String name, @Nullable String password) {
        var secret = password == null ? Passwords.random() : Passwords.require(password);
        var jdbc = JdbcClient.create(database);
        var audit = new AuditLog(jdbc, JsonMapper.shared());
        return new TransactionTemplate(new JdbcTransactionManager(database)).execute(_ -> {
            var account = find(jdbc, name)
                    .orElseThrow(() -> Problem.notFound("unknown_account", "There is no account of that name."));
            if (account.simulated()) {
                throw Problem.conflict("simulated", "A simulated annotator has no password: it acts by its token.");
            }
            jdbc.sql("UPDATE account SET password_hash = ?, password_given = false, version = version + 1 WHERE id = ?")
                    .params(String.valueOf(new Passwords().encode(secret)), account.id())
                    .update();
            jdbc.sql("DELETE FROM sign_in WHERE account_id = ?")
                    .param(account.id())
                    .update();
            jdbc.sql("UPDATE api_token SET revoked_at = now() WHERE account_id = ? AND revoked_at IS NULL")
                    .param(account.id())
                    .update();
            audit.write(AuditAction.PASSWORD_RESET, null, null, account.name(), null, Map.of("by", "command"));
            return new Recovered(account.name(), secret, account.disabled());
        });
    }

    private static Optional<Found> find(JdbcClient jdbc, String name) {
        return AccountName.of(name)
                .flatMap(wanted -> jdbc.sql(
                                "SELECT id, name, disabled, simulated FROM account WHERE name = ? FOR NO KEY UPDATE")
                        .param(wanted)
                        .query((row, number) -> new Found(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getBoolean("disabled"),
                                row.getBoolean("simulated")))
                        .optional());
    }

    private record Found(UUID id, String name, boolean disabled, boolean simulated) {}

    /**
     * What came of it.
     *
     * @param account name of the account
     * @param password the only copy
     * @param disabled whether the account is kept from signing in all the same
     */
    public record Recovered(String account, String password, boolean disabled) {}
}
