package org.diptych.service.agreement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.agreement.AgreementFigures.Version;
import org.diptych.service.agreement.AnsweredPair.Given;
import org.diptych.service.figures.SharedReading;
import org.diptych.statistics.agreement.IntervalSettings;
import org.springframework.stereotype.Service;

/**
 * Says in a few figures how well a campaign's annotators agree. Computed again only when a label came or a pair was
 * taken out or put back; where there are many, beside the requests. No transaction is around it: a page that waits holds no connection.
 */
@Service
public class AgreementService {
    private static final int MOST_KEPT = 1_000;
    /** Labels whose agreement is computed in no time. */
    private static final long FEW = 2_000;

    private final CampaignAccess access;
    private final LabelReadings labels;
    private final CampaignFacts facts;
    private final Clock clock;
    private final Cache<UUID, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final SharedReading<UUID, CampaignAgreement> readings =
            new SharedReading<>(MOST_KEPT, agreement -> agreement.labels() < FEW);

    AgreementService(CampaignAccess access, LabelReadings labels, CampaignFacts facts, Clock clock) {
        this.access = access;
        this.labels = labels;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Agreement of the campaign's current labels, for its leads: under the campaign's protocol version, or, while that has
     * nothing to compare, under the one that has most.
     */
    public CampaignAgreement of(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return readings.get(campaign, () -> read(campaign));
    }

    /** The same for jobs of the server. */
    public CampaignAgreement current(UUID campaign) {
        return readings.get(campaign, () -> read(campaign));
    }

    private CampaignAgreement read(UUID campaign) {
        var snapshot = labels.of(campaign);
        var versions = facts.versions(campaign, snapshot);
        var before = known.getIfPresent(campaign);
        if (before != null
                && before.labels().refersTo(snapshot)
                && before.versions().equals(versions)) {
            return before.agreement();
        }
        var agreement = compute(snapshot, versions);
        known.put(campaign, new Known(new WeakReference<>(snapshot), versions, agreement));
        return agreement;
    }

    /**
     * How alpha on the first dimension went in the uniform stratum, by the week of each pair's last answer, for jobs of the
     * server: of ratings in their order, or of verdicts. Weeks in which nothing can be compared are left out.
     */
    public List<AgreementFigures.Week> weeks(UUID campaign) {
        var snapshot = labels.of(campaign);
        var versions = facts.versions(campaign, snapshot);
        var version = FigureReading.usual(snapshot, versions);
        var protocol = Objects.requireNonNull(facts.protocols(versions).get(version.sha256()));
        var number = snapshot.versions().indexOf(version.sha256());
        var first = protocol.dimensions().getFirst().id();
        return new Breakdown(new Selection(snapshot.pairs())
                        .where(given -> given.uniform() && given.code().version() == number))
                .weeks(List.of(
                        protocol.mode() == AnswerMode.RATING
                                ? Scale.ordinal(protocol, first)
                                : Scale.nominal(protocol, first)));
    }

    private CampaignAgreement compute(CampaignLabels.Snapshot snapshot, List<Version> versions) {
        var version = FigureReading.usual(snapshot, versions);
        var protocol = Objects.requireNonNull(facts.protocols(versions).get(version.sha256()));
        var number = snapshot.versions().indexOf(version.sha256());
        var all = new Selection(snapshot.pairs()).where(given -> given.code().version() == number);
        return new CampaignAgreement(
                version.reference(),
                version.sha256(),
                all.labels(),
                clock.instant(),
                List.of(stratum("uniform", protocol, all.where(Given::uniform)), stratum("all", protocol, all)));
    }

    private static CampaignAgreement.Stratum stratum(String name, Protocol protocol, Selection selection) {
        return new CampaignAgreement.Stratum(
                name,
                selection.labels(),
                Scale.columns(protocol).stream()
                        .map(dimension -> new CampaignAgreement.DimensionAgreement(
                                dimension,
                                protocol.mode() == AnswerMode.RATING
                                                && protocol.dimension(dimension).isPresent()
                                        ? reading(Scale.ordinal(protocol, dimension), selection)
                                        : null,
                                reading(Scale.nominal(protocol, dimension), selection)))
                        .toList());
    }

    private static CampaignAgreement.Reading reading(Scale scale, Selection selection) {
        return Coefficients.reading(scale, selection.histogram(scale), IntervalSettings.DEFAULT);
    }

    /** A computed agreement and what it rests on; the labels are forgotten when nobody looks at the campaign. */
    private record Known(
            WeakReference<CampaignLabels.Snapshot> labels, List<Version> versions, CampaignAgreement agreement) {}
}
