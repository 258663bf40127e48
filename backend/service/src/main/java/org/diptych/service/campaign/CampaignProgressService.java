package org.diptych.service.campaign;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignProgressQueries.Head;
import org.springframework.stereotype.Service;

/**
 * What leads and annotators read about campaigns: their figures, as {@link CampaignCounts} has them, where the reader is. No
 * transaction is around it: a page that waits for figures holds no connection.
 */
@Service
public class CampaignProgressService {
    private static final int MOST_DAYS = 60;

    private final CampaignProgressQueries queries;
    private final CampaignCounts counts;
    private final AnnotatorProgressService annotators;
    private final CampaignAccess access;
    private final AccountZones zones;
    private final Clock clock;

    CampaignProgressService(
            CampaignProgressQueries queries,
            CampaignCounts counts,
            AnnotatorProgressService annotators,
            CampaignAccess access,
            AccountZones zones,
            Clock clock) {
        this.queries = queries;
        this.counts = counts;
        this.annotators = annotators;
        this.access = access;
        this.zones = zones;
        this.clock = clock;
    }

    /** The campaigns somebody leads, newest first; all of them for an administrator. */
    public List<CampaignName> names(SignedIn who) {
        return queries.names(who);
    }

    /** The same, or those that are archived. */
    public List<CampaignName> names(SignedIn who, boolean archived) {
        return queries.names(who, archived);
    }

    /** The same campaigns with their progress and active model. */
    public List<CampaignSummary> summaries(SignedIn who) {
        return summaries(who, false, Map.of());
    }

    /**
     * The same, or those that are archived.
     *
     * @param known what is known of campaigns that need not be counted for this
     */
    public List<CampaignSummary> summaries(SignedIn who, boolean archived, Map<UUID, Counted> known) {
        var midnight = midnight(zones.of(who));
        var heads = queries.ledBy(who, archived);
        var figures = counts.of(heads.stream()
                .map(Head::id)
                .filter(id -> !known.containsKey(id))
                .toList());
        return heads.stream()
                .map(head -> {
                    var counted = known.get(head.id());
                    return summary(
                            head,
                            counted == null ? Counted.of(Objects.requireNonNull(figures.get(head.id()))) : counted,
                            midnight);
                })
                .toList();
    }

    private static CampaignSummary summary(Head head, Counted counted, Instant midnight) {
        return new CampaignSummary(
                head.id(),
                head.name(),
                head.state().name(),
                head.protocol(),
                counted.pairs(),
                counted.filled(),
                counted.wanted(),
                counted.lastSeen().stream().filter(at -> !at.isBefore(midnight)).count(),
                head.activeModel());
    }

    /**
     * What a line of a list says of a campaign.
     *
     * @param lastSeen when each of its annotators last answered or skipped
     */
    public record Counted(long pairs, long filled, long wanted, List<Instant> lastSeen) {
        static Counted of(CampaignFigures figures) {
            return new Counted(
                    figures.pairs(),
                    figures.allSlots().filled(),
                    figures.allSlots().wanted(),
                    figures.annotators().values().stream()
                            .map(CampaignFigures.Work::lastAt)
                            .toList());
        }
    }

    /** The same campaigns in numbers. */
    List<CampaignOverview> overviews(SignedIn who) {
        return led(who, CampaignProgressService::overview);
    }

    private <T> List<T> led(SignedIn who, BiFunction<Head, CampaignFigures, T> view) {
        var heads = queries.ledBy(who, false);
        var figures = counts.of(heads.stream().map(Head::id).toList());
        return heads.stream()
                .map(head -> view.apply(head, Objects.requireNonNull(figures.get(head.id()))))
                .toList();
    }

    /** A campaign in numbers. Leads of the campaign only. */
    CampaignOverview overview(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return overview(head(campaign), counts.of(campaign));
    }

    private static CampaignOverview overview(Head head, CampaignFigures figures) {
        return new CampaignOverview(
                head.id(),
                head.name(),
                head.state(),
                new CampaignOverview.ProtocolReference(head.protocolSha256(), head.protocol()),
                figures.items(),
                figures.pairs(),
                figures.allSlots(),
                figures.labels(),
                figures.skips(),
                figures.annotators().size(),
                head.activeModel() == null ? null : head.activeModel().number());
    }

    /** The campaigns somebody may label in. */
    public List<AnnotatorCampaign> annotating(SignedIn who) {
        return queries.annotating(who).stream()
                .map(campaign -> new AnnotatorCampaign(
                        campaign.id(), campaign.name(), campaign.state(), annotators.of(who, campaign.id())))
                .toList();
    }

    /** How far a campaign is. Leads of the campaign only. */
    public CampaignProgress progress(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        var head = head(campaign);
        var zone = zones.of(who);
        var figures = counts.of(campaign);
        return new CampaignProgress(
                head.id(),
                head.name(),
                head.state().name(),
                head.protocol(),
                figures.items(),
                figures.pairs(),
                figures.slots(),
                figures.labels(),
                figures.skips(),
                figures.flagged(),
                figures.annotators().size(),
                figures.annotatorsSince(midnight(zone)),
                figures.medianActiveSeconds(),
                figures.lastLabelAt(),
                figures.days(zone, MOST_DAYS),
                head.retrainEvery(),
                figures.labelsSinceTraining(),
                figures.stuck());
    }

    /** The pairs that nobody is left for. Leads of the campaign only. */
    public StuckPairs stuck(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return counts.of(campaign).stuck();
    }

    private Head head(UUID campaign) {
        return queries.find(campaign).orElseThrow(() -> CampaignAccess.unknown(campaign));
    }

    private Instant midnight(ZoneId zone) {
        return LocalDate.now(clock.withZone(zone)).atStartOfDay(zone).toInstant();
    }
}
