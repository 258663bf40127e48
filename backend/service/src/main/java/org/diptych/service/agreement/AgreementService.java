package org.diptych.service.agreement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Streaming;
import org.diptych.service.figures.SharedReading;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.statistics.agreement.Agreement;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.agreement.Estimate;
import org.diptych.statistics.agreement.Interval;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.Ratings;
import org.diptych.statistics.agreement.ValueScale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Reads a campaign's current labels and says how well its annotators agree. Read again only when a label came; where there
 * are many, beside the requests. No transaction is around it: a page that waits holds no connection.
 */
@Service
public class AgreementService {
    /** The interval must not flicker on a page that is read every second. */
    private static final long BOOTSTRAP_SEED = 1;

    private static final int MOST_KEPT = 1_000;
    /** Labels whose agreement is computed in no time. */
    private static final long FEW = 2_000;

    private final ProtocolService protocols;
    private final CampaignAccess access;
    private final JdbcClient jdbc;
    private final Streaming streaming;
    private final Clock clock;
    private final Cache<UUID, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final SharedReading<UUID, CampaignAgreement> readings =
            new SharedReading<>(MOST_KEPT, agreement -> agreement.labels() < FEW);

    AgreementService(
            ProtocolService protocols, CampaignAccess access, JdbcClient jdbc, Streaming streaming, Clock clock) {
        this.protocols = protocols;
        this.access = access;
        this.jdbc = jdbc;
        this.clock = clock;
        this.streaming = streaming;
    }

    /** Agreement of the campaign's current labels, for its leads. */
    public CampaignAgreement of(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return readings.get(campaign, () -> read(campaign));
    }

    /** The same for jobs of the server. */
    public CampaignAgreement current(UUID campaign) {
        return readings.get(campaign, () -> read(campaign));
    }

    private CampaignAgreement read(UUID campaign) {
        var basis = basis(campaign);
        var before = known.getIfPresent(campaign);
        if (before != null && before.basis().equals(basis)) {
            return before.agreement();
        }
        var agreement = compute(campaign, basis.protocolSha256());
        known.put(campaign, new Known(basis, agreement));
        return agreement;
    }

    private Basis basis(UUID campaign) {
        return jdbc.sql("""
                        SELECT protocol_sha256, (SELECT coalesce(max(sequence), 0) FROM label WHERE campaign_id = c.id) AS last
                        FROM campaign c WHERE id = ?""")
                .param(campaign)
                .query((row, number) -> new Basis(row.getString("protocol_sha256"), row.getLong("last")))
                .single();
    }

    private CampaignAgreement compute(UUID campaign, String sha256) {
        var protocol = protocols.bySha256(sha256).protocol();
        var uniform = new Table("uniform", protocol);
        var all = new Table("all", protocol);
        streaming.query(
                """
                SELECT pair_id, annotator_id, answers, verdicts, stratum FROM current_label
                WHERE campaign_id = ? AND protocol_sha256 = ? AND stratum IN ('UNIFORM', 'ACQUIRED') ORDER BY sequence""",
                row -> {
                    var pair = row.getObject("pair_id", UUID.class);
                    var annotator = row.getObject("annotator_id", UUID.class);
                    var answers = row.getString("answers");
                    var verdicts = AnswerJson.verdictsFromStored(row.getString("verdicts"));
                    all.add(pair, annotator, answers, verdicts);
                    if (row.getString("stratum").equals("UNIFORM")) {
                        uniform.add(pair, annotator, answers, verdicts);
                    }
                },
                campaign,
                sha256);
        return new CampaignAgreement(
                protocol.reference(),
                sha256,
                all.labels,
                clock.instant(),
                List.of(uniform.agreement(), all.agreement()));
    }

    /** What a computed agreement rests on. */
    private record Basis(String protocolSha256, long lastSequence) {}

    private record Known(Basis basis, CampaignAgreement agreement) {}

    /** The answers of one stratum, by dimension. */
    private static final class Table {
        private static final List<String> VERDICTS =
                List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND).stream()
                        .map(Verdict::word)
                        .toList();

        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private long labels;

        Table(String name, Protocol protocol) {
            this.name = name;
            for (var dimension : protocol.dimensions()) {
                columns.add(new Column(
                        dimension.id(),
                        protocol.mode() == AnswerMode.RATING
                                ? Ratings.builder(ValueScale.range(dimension.lowest(), dimension.highest()))
                                : null,
                        Ratings.builder(ValueScale.named(VERDICTS))));
            }
            columns.add(new Column(Protocol.OVERALL, null, Ratings.builder(ValueScale.named(VERDICTS))));
        }

        void add(UUID pair, UUID annotator, String answersJson, Map<String, Verdict> verdicts) {
            labels++;
            var answers = AnswerJson.fromStored(answersJson);
            for (var column : columns) {
                var verdict = verdicts.get(column.dimension());
                if (verdict != null) {
                    column.verdicts().add(pair, annotator, verdict.word());
                }
                if (column.ratings() != null && answers.get(column.dimension()) instanceof RatingPair ratings) {
                    column.ratings().add(new Side(pair, 0), annotator, ratings.first());
                    column.ratings().add(new Side(pair, 1), annotator, ratings.second());
                }
            }
        }

        CampaignAgreement.Stratum agreement() {
            return new CampaignAgreement.Stratum(
                    name, labels, columns.stream().map(Column::agreement).toList());
        }
    }

    /** One image of a pair: the thing that is rated. */
    private record Side(UUID pair, int candidate) {}

    private record Column(String dimension, Ratings.@Nullable Builder ratings, Ratings.Builder verdicts) {
        CampaignAgreement.DimensionAgreement agreement() {
            return new CampaignAgreement.DimensionAgreement(
                    dimension,
                    ratings == null ? null : reading(ratings.build(), Measure.ALPHA_ORDINAL, Measure.AC2_QUADRATIC),
                    reading(verdicts.build(), Measure.ALPHA_NOMINAL, Measure.AC1));
        }

        private static CampaignAgreement.Reading reading(Ratings table, Measure alpha, Measure gwet) {
            var agreement = Agreement.of(table);
            var estimates = agreement.estimates(
                    List.of(alpha, gwet, Measure.PERCENT),
                    IntervalSettings.DEFAULT,
                    new SplittableRandom(BOOTSTRAP_SEED));
            var counts = agreement.counts();
            return new CampaignAgreement.Reading(
                    figure(estimates.get(alpha)),
                    figure(estimates.get(gwet)),
                    figure(estimates.get(Measure.PERCENT)),
                    counts.units(),
                    counts.pairable(),
                    counts.ratings());
        }

        private static CampaignAgreement.Figure figure(@Nullable Estimate estimate) {
            if (estimate == null) {
                throw new IllegalStateException("every measure asked for has an estimate");
            }
            return switch (estimate.coefficient()) {
                case Coefficient.Defined defined -> {
                    var interval = estimate.interval();
                    yield new CampaignAgreement.Figure(
                            defined.value(),
                            interval.map(Interval::low).orElse(null),
                            interval.map(Interval::high).orElse(null),
                            null);
                }
                case Coefficient.Undefined undefined ->
                    new CampaignAgreement.Figure(null, null, null, undefined.explanation());
            };
        }
    }
}
