package org.diptych.service.draft;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CheckedPairs;
import org.diptych.service.draft.CampaignDraft.Failure;
import org.diptych.service.draft.CampaignDraft.Source;
import org.diptych.service.draft.CampaignDraft.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The statements about drafts. */
@Repository
class DraftTable {
    /** Work that is not heard of for so long has died with its process. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Failure INTERRUPTED = new Failure(
            "interrupted", null, "The server was stopped before this was done. Nothing was written. Do it again.");

    private static final String OF_READER = " AND (:everything OR d.owner_id = :reader)";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    UUID insert(UUID owner, DraftChoices choices) {
        return jdbc.sql("INSERT INTO campaign_draft (owner_id, choices) VALUES (?, ?::jsonb) RETURNING id")
                .params(owner, json.writeValueAsString(choices))
                .query(UUID.class)
                .single();
    }

    /**
     * Drafts that have not become campaigns, or whose first passwords nobody has seen, latest first, without what was found
     * in their pairs, which is long.
     */
    List<CampaignDraft> open(SignedIn reader) {
        return select(
                reader,
                " AND (d.work <> 'LAUNCHED' OR d.new_accounts > 0)" + OF_READER
                        + " ORDER BY d.changed_at DESC LIMIT 200");
    }

    Optional<CampaignDraft> find(SignedIn reader, UUID id) {
        return jdbc.sql(sql("d.checked", " AND d.id = :id" + OF_READER))
                .param("everything", reader.role() == Role.ADMIN)
                .param("reader", reader.id())
                .param("silence", SILENCE.toSeconds())
                .param("id", id)
                .query(this::read)
                .optional();
    }

    /** The same, held against other changes until the transaction ends. */
    Optional<CampaignDraft> lock(SignedIn reader, UUID id) {
        jdbc.sql("SELECT id FROM campaign_draft WHERE id = ? FOR UPDATE")
                .param(id)
                .query(UUID.class)
                .optional();
        return find(reader, id);
    }

    private List<CampaignDraft> select(SignedIn reader, String condition) {
        return jdbc.sql(sql("NULL AS checked", condition))
                .param("everything", reader.role() == Role.ADMIN)
                .param("reader", reader.id())
                .param("silence", SILENCE.toSeconds())
                .query(this::read)
                .list();
    }

    private static String sql(String checked, String condition) {
        return "SELECT " + checked + """
                , d.id, d.version, d.choices, d.upload, d.folder, d.checked_for, d.work, d.rows_read, d.failure,
                    d.campaign_id, d.new_accounts, d.created_at, d.changed_at, a.display_name,
                    d.work IN ('CHECKING', 'LAUNCHING') AND d.seen_at < now() - make_interval(secs => :silence) AS dead
                FROM campaign_draft d JOIN account a ON a.id = d.owner_id WHERE true""" + condition;
    }

    private CampaignDraft read(ResultSet row, int number) throws SQLException {
        boolean dead = row.getBoolean("dead");
        var choices = json.readValue(row.getString("choices"), DraftChoices.class);
        var upload = row.getString("upload");
        var folder = row.getString("folder");
        var checked = row.getString("checked");
        var failure = row.getString("failure");
        boolean current = choices.checkedFor().equals(row.getString("checked_for"));
        return new CampaignDraft(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("display_name"),
                choices,
                upload == null && folder == null ? null : new Source(upload, folder),
                checked == null || !current ? null : json.readValue(checked, CheckedPairs.class),
                dead ? Work.NONE : Work.valueOf(row.getString("work")),
                row.getLong("rows_read"),
                dead ? INTERRUPTED : failure == null ? null : json.readValue(failure, Failure.class),
                row.getObject("campaign_id", UUID.class),
                row.getInt("new_accounts"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant());
    }

    /** Drafts of one's own that have not become campaigns. */
    long count(UUID owner) {
        return jdbc.sql("SELECT count(*) FROM campaign_draft WHERE owner_id = ? AND work <> 'LAUNCHED'")
                .param(owner)
                .query(Long.class)
                .single();
    }

    void choose(UUID id, DraftChoices choices) {
        jdbc.sql("""
                        UPDATE campaign_draft SET choices = ?::jsonb, version = version + 1, changed_at = now(),
                            failure = NULL WHERE id = ?""").params(json.writeValueAsString(choices), id).update();
    }

    /** Other pairs than before: what was found in those is forgotten. */
    void bring(UUID id, @Nullable String upload, @Nullable UUID file, @Nullable String folder) {
        jdbc.sql("""
                        UPDATE campaign_draft SET upload = :upload, file = :file, folder = :folder, checked = NULL,
                            checked_for = NULL, failure = NULL, version = version + 1, changed_at = now() WHERE id = :id""")
                .param("upload", upload)
                .param("file", file)
                .param("folder", folder)
                .param("id", id)
                .update();
    }

    Optional<UUID> file(UUID id) {
        return jdbc.sql("SELECT file FROM campaign_draft WHERE id = ?")
                .param(id)
                .query((row, number) -> Optional.ofNullable(row.getObject("file", UUID.class)))
                .optional()
                .flatMap(file -> file);
    }

    /** Work begins; whoever was at it before will find another attempt. */
    UUID begin(UUID id, Work work) {
        return jdbc.sql("""
                        UPDATE campaign_draft SET work = ?, attempt = gen_random_uuid(), rows_read = 0, seen_at = now(),
                            failure = NULL WHERE id = ? RETURNING attempt""").params(work.name(), id).query(UUID.class).single();
    }

    /** Tells how far an attempt has come. Whether it has not been replaced, and the draft is still there. */
    boolean beat(UUID id, UUID attempt, long rows) {
        int told = jdbc.sql("""
                        UPDATE campaign_draft SET rows_read = ?, seen_at = now()
                        WHERE id = ? AND attempt = ? AND work IN ('CHECKING', 'LAUNCHING')""").params(rows, id, attempt).update();
        // an attempt that has just come to its end is not to be stopped any more
        return told == 1
                || jdbc.sql("SELECT EXISTS (SELECT 1 FROM campaign_draft WHERE id = ? AND attempt = ?)")
                        .params(id, attempt)
                        .query(Boolean.class)
                        .single();
    }

    /** Name of the account whose draft it is. */
    String owner(UUID id) {
        return jdbc.sql("SELECT a.name FROM campaign_draft d JOIN account a ON a.id = d.owner_id WHERE d.id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** The first passwords of the accounts that it has made have been seen, or never will be. */
    void passwordsSeen(UUID id) {
        jdbc.sql("UPDATE campaign_draft SET new_accounts = 0 WHERE id = ?")
                .param(id)
                .update();
    }

    void checked(UUID id, UUID attempt, String checkedFor, CheckedPairs found) {
        jdbc.sql("""
                        UPDATE campaign_draft SET work = 'NONE', checked_for = ?, checked = ?::jsonb, changed_at = now()
                        WHERE id = ? AND attempt = ? AND work = 'CHECKING'""")
                .params(checkedFor, json.writeValueAsString(found), id, attempt)
                .update();
    }

    void failed(UUID id, UUID attempt, Failure failure) {
        jdbc.sql("""
                        UPDATE campaign_draft SET work = 'NONE', failure = ?::jsonb
                        WHERE id = ? AND attempt = ? AND work IN ('CHECKING', 'LAUNCHING')""").params(json.writeValueAsString(failure), id, attempt).update();
    }

    /** Whether the attempt is the one that launches; then nobody else launches this draft any more. */
    boolean launched(UUID id, UUID attempt, UUID campaign, int newAccounts) {
        return jdbc.sql("""
                        UPDATE campaign_draft SET work = 'LAUNCHED', campaign_id = ?, new_accounts = ?, file = NULL,
                            changed_at = now()
                        WHERE id = ? AND attempt = ? AND work = 'LAUNCHING'""").params(campaign, newAccounts, id, attempt).update() == 1;
    }

    void delete(UUID id) {
        jdbc.sql("DELETE FROM campaign_draft WHERE id = ?").param(id).update();
    }

    /** Deletes drafts that nobody has touched for so long, and returns the files that belonged to them. */
    List<UUID> deleteUntouched(Duration age) {
        return jdbc
                .sql("""
                        DELETE FROM campaign_draft WHERE changed_at < now() - make_interval(secs => :age)
                          AND NOT (work IN ('CHECKING', 'LAUNCHING') AND seen_at > now() - make_interval(secs => :silence))
                        RETURNING file""")
                .param("age", age.toSeconds())
                .param("silence", SILENCE.toSeconds())
                .query((row, number) -> Optional.ofNullable(row.getObject("file", UUID.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
