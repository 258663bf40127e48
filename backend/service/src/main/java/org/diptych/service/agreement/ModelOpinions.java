package org.diptych.service.agreement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the active model of a campaign thinks of pairs. A version never changes its mind, so each pair is asked about once. */
@Component
class ModelOpinions {
    private static final int MOST_VERSIONS = 20;
    private static final int AT_ONCE = 10_000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final JdbcClient jdbc;
    private final Cache<UUID, Map<UUID, Opinion>> known = Caffeine.newBuilder()
            .maximumSize(MOST_VERSIONS)
            .expireAfterAccess(Duration.ofMinutes(20))
            .softValues()
            .build();

    ModelOpinions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A model version.
     *
     * @param minute when it was made, in minutes since 1970-01-01T00:00Z
     */
    record Version(UUID id, int number, int minute) {}

    /**
     * What a version thinks of a pair.
     *
     * @param differences by how much the first picture is better: the dimensions, then overall; none where it has not
     *     scored both
     * @param first probability that the first is better overall
     */
    record Opinion(List<Double> differences, double first) {
        static final Opinion NONE = new Opinion(List.of(), 0.5);

        /** Whether the first picture is better; empty where neither is. */
        Optional<Boolean> prefersFirst(int column) {
            return column >= differences.size() || differences.get(column) == 0
                    ? Optional.empty()
                    : Optional.of(differences.get(column) > 0);
        }
    }

    Optional<Version> active(UUID campaign) {
        return jdbc.sql("""
                        SELECT id, number, extract(epoch FROM created_at)::bigint / 60 AS minute FROM model_version
                        WHERE campaign_id = ? AND state = 'ACTIVE'""")
                .param(campaign)
                .query((row, number) ->
                        new Version(row.getObject("id", UUID.class), row.getInt("number"), row.getInt("minute")))
                .optional();
    }

    /** What the version thinks of those of the pairs that it has scored. */
    Map<UUID, Opinion> of(Version version, Collection<UUID> pairs) {
        var opinions = Objects.requireNonNull(known.get(version.id(), _ -> new ConcurrentHashMap<>()));
        var unknown = new ArrayList<UUID>();
        for (var pair : pairs) {
            if (!opinions.containsKey(pair)) {
                unknown.add(pair);
            }
        }
        for (var from = 0; from < unknown.size(); from += AT_ONCE) {
            ask(version, unknown.subList(from, Math.min(unknown.size(), from + AT_ONCE)), opinions);
        }
        var wanted = new HashMap<UUID, Opinion>();
        for (var pair : pairs) {
            var opinion = opinions.get(pair);
            if (opinion != null && !opinion.differences().isEmpty()) {
                wanted.put(pair, opinion);
            }
        }
        return wanted;
    }

    private void ask(Version version, List<UUID> pairs, Map<UUID, Opinion> opinions) {
        jdbc.sql("""
                        SELECT p.id, f.mu AS f_mu, s.mu AS s_mu, f.overall_mu - s.overall_mu AS overall,
                               sqrt(f.overall_sigma ^ 2 + s.overall_sigma ^ 2) AS spread
                        FROM pair p
                        JOIN candidate_score f ON f.model_version_id = :version AND f.candidate_id = p.first_candidate_id
                        JOIN candidate_score s ON s.model_version_id = :version AND s.candidate_id = p.second_candidate_id
                        WHERE p.id = ANY (:pairs)""")
                .param("version", version.id())
                .param("pairs", pairs.toArray(UUID[]::new))
                .query(row -> {
                    opinions.put(row.getObject("id", UUID.class), opinion(row));
                });
        pairs.forEach(pair -> opinions.putIfAbsent(pair, Opinion.NONE));
    }

    private static Opinion opinion(ResultSet row) throws SQLException {
        var first = numbers(row.getArray("f_mu"));
        var second = numbers(row.getArray("s_mu"));
        var differences = new ArrayList<Double>();
        for (var dimension = 0; dimension < first.length; dimension++) {
            differences.add(first[dimension].doubleValue() - second[dimension].doubleValue());
        }
        var overall = row.getDouble("overall");
        var spread = row.getDouble("spread");
        differences.add(overall);
        return new Opinion(
                differences,
                spread > 0 ? NORMAL.cumulativeProbability(overall / spread) : overall > 0 ? 1 : overall < 0 ? 0 : 0.5);
    }

    private static Number[] numbers(Array array) throws SQLException {
        return (Number[]) array.getArray();
    }
}
