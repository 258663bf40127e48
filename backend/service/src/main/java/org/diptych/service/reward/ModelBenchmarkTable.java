package org.diptych.service.reward;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The statements behind {@link ModelBenchmarkService}. */
@Repository
class ModelBenchmarkTable {
    private static final String FIGURES = """
        b.id, v.number, b.benchmark, b.measured_at, a.display_name,
               b.result #>> '{metrics,0,name}' AS metric,
               (b.result #>> '{metrics,0,paper,value}')::double precision AS paper,
               (b.result #>> '{metrics,0,corrected,value}')::double precision AS corrected,
               (b.result #>> '{metrics,0,corrected,low}')::double precision AS low,
               (b.result #>> '{metrics,0,corrected,high}')::double precision AS high,
               (b.result #>> '{metrics,0,n}')::integer AS cases
        """;
    private static final String FROM = """
         FROM model_benchmark b JOIN model_version v ON v.id = b.model_version_id JOIN account a ON a.id = b.measured_by
        """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ModelBenchmarkTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    UUID add(UUID version, NewModelBenchmark measured, UUID who) {
        return jdbc.sql("""
            INSERT INTO model_benchmark (model_version_id, benchmark, files, result, measured_by)
            VALUES (:version, :benchmark, :files::jsonb, :result::jsonb, :who) RETURNING id\
            """)
                .param("version", version)
                .param("benchmark", measured.benchmark())
                .param("files", json.writeValueAsString(measured.files()))
                .param("result", json.writeValueAsString(measured.result()))
                .param("who", who)
                .query(UUID.class)
                .single();
    }

    /** Newest first. */
    List<ModelBenchmark.Whole> list(UUID version, int most) {
        return jdbc.sql("SELECT b.files, b.result, " + FIGURES + FROM
                        + " WHERE b.model_version_id = :version ORDER BY b.measured_at DESC, b.id DESC LIMIT :most")
                .param("version", version)
                .param("most", most)
                .query((row, number) ->
                        new ModelBenchmark.Whole(read(row, number), row.getString("files"), row.getString("result")))
                .list();
    }

    /** Of all versions of a campaign, newest first. */
    List<ModelBenchmark> ofCampaign(UUID campaign, int most) {
        return jdbc.sql("SELECT " + FIGURES + FROM
                        + " WHERE v.campaign_id = :campaign ORDER BY b.measured_at DESC, b.id DESC LIMIT :most")
                .param("campaign", campaign)
                .param("most", most)
                .query(ModelBenchmarkTable::read)
                .list();
    }

    Optional<UUID> newest(UUID campaign) {
        return jdbc.sql("SELECT b.id" + FROM
                        + " WHERE v.campaign_id = :campaign ORDER BY b.measured_at DESC, b.id DESC LIMIT 1")
                .param("campaign", campaign)
                .query(UUID.class)
                .optional();
    }

    private static ModelBenchmark read(ResultSet row, int number) throws SQLException {
        return new ModelBenchmark(
                row.getObject("id", UUID.class),
                row.getInt("number"),
                row.getString("benchmark"),
                row.getString("metric"),
                Columns.number(row, "paper"),
                Columns.number(row, "corrected"),
                Columns.number(row, "low"),
                Columns.number(row, "high"),
                row.getInt("cases"),
                row.getString("display_name"),
                row.getTimestamp("measured_at").toInstant());
    }
}
