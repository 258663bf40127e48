package org.diptych.service.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.diptych.service.CampaignFixture;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.jspecify.annotations.NullUnmarked;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A labelled campaign of six pairs, its exports in a folder, and a reader of them that shares no code with their writer. */
@NullUnmarked
final class ExportFixture {
    static final String INSTRUCTION = "say \"\u05e9\u05dc\u05d5\u05dd\" \u2028 \ud83d\ude80 'x'\n\u7ea2";

    private final ExportService exports;
    private final JdbcClient jdbc;
    final SignedIn admin;
    final UUID campaign;
    final Path folder;

    ExportFixture(ApplicationContext context, Path folder) throws IOException {
        this.exports = context.getBean(ExportService.class);
        this.jdbc = context.getBean(JdbcClient.class);
        this.folder = folder;
        var accounts = context.getBean(AccountService.class);
        var assignments = context.getBean(AssignmentService.class);
        var labels = context.getBean(LabelService.class);
        var store = context.getBean(ObjectStore.class);
        admin = accounts.createAccount("a" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 6, 2);
        for (var sha256 : jdbc.sql("""
                        SELECT source_sha256 FROM item WHERE campaign_id = :c
                        UNION SELECT image_sha256 FROM candidate WHERE campaign_id = :c""").param("c", campaign).query(String.class).list()) {
            store.put(ObjectStore.keyOf(sha256), sha256.getBytes(StandardCharsets.UTF_8));
        }
        // the column begins with nulls
        jdbc.sql("UPDATE item SET instruction = ?, category = CASE WHEN external_id = 'item-5' THEN 'colour' END"
                        + " WHERE campaign_id = ?")
                .params(INSTRUCTION, campaign)
                .update();
        var people = fixture.annotators(campaign, 2);
        people.forEach(person -> jdbc.sql("UPDATE account SET simulated = false WHERE id = ?")
                .param(person.id())
                .update());
        for (var person : people) {
            int number = 0;
            for (var assignment : assignments.claim(person, campaign, 20).assignments()) {
                boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                        .param(assignment.id())
                        .query(Boolean.class)
                        .single();
                int better = number++ == 0 ? 2 : 4;
                labels.submit(person, TestSubmissions.rated(assignment, swapped ? 2 : better, swapped ? better : 2));
            }
        }
    }

    List<String> export(ExportFormat format) throws IOException {
        return export(format, ExportOptions.of(format.filter()));
    }

    /** The names of its files, in order. */
    List<String> export(ExportFormat format, ExportOptions options) throws IOException {
        var stream = new ByteArrayOutputStream();
        exports.write(admin, campaign, format, options, stream);
        return unpack(stream.toByteArray(), folder);
    }

    /** The names of the files, in order. */
    static List<String> unpack(byte[] archive, Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                var target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.write(target, zip.readAllBytes());
            }
        }
        return names;
    }

    /** With these filters. */
    static ExportOptions filtered(ExportFormat format, String... filter) {
        return ExportOptions.of(format, List.of(filter), null, null, null, null, null);
    }

    /** The text of a plain file. */
    String text(ExportFormat format, ExportOptions options) {
        var stream = new ByteArrayOutputStream();
        exports.write(admin, campaign, format, options, stream);
        return stream.toString(StandardCharsets.UTF_8);
    }

    List<JsonNode> lines(ExportFormat format, ExportOptions options) {
        return text(format, options)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    /** A verdict on item 2. */
    void decide(String answers, String verdict) {
        jdbc.sql("""
                        INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, swapped, adjudicator_id)
                        SELECT c.id, p.id, c.protocol_sha256, ?::jsonb,
                            jsonb_build_object('instruction_following', v, 'visual_quality', v, 'overall', v), false, ?
                        FROM (SELECT ?::text AS v) said, campaign c JOIN item i ON i.campaign_id = c.id AND i.external_id = 'item-2'
                        JOIN pair p ON p.item_id = i.id WHERE c.id = ?""").params(answers, admin.id(), verdict, campaign).update();
    }

    Map<?, ?> frontMatter() throws IOException {
        return frontMatter(Files.readString(folder.resolve("README.md")));
    }

    static Map<?, ?> frontMatter(String card) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(card.split("---\n")[1]);
    }

    JsonNode croissant() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("croissant.json")));
    }

    List<List<String>> rows(String query) {
        var rows = new ArrayList<List<String>>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        query.replace("%s", folder.toString()).replace("%%", "%"))) {
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }
}
