package org.diptych.service.campaign;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.account.AccountName;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.request.IfMatch;
import org.diptych.service.request.OneLine;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Creates campaigns, changes them and tells how they stand. */
@Service
@Transactional
public class CampaignService {
    private static final int LONGEST_NAME = 120;

    private final Campaigns campaigns;
    private final CampaignMembers members;
    private final CampaignProgressService progress;
    private final CampaignCounts counts;
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final ApplicationEventPublisher events;
    private final PolicyNames policies;
    private final AuditLog audit;
    private final Clock clock;

    CampaignService(
            Campaigns campaigns,
            CampaignMembers members,
            CampaignProgressService progress,
            CampaignCounts counts,
            CampaignAccess access,
            ProtocolService protocols,
            ApplicationEventPublisher events,
            PolicyNames policies,
            AuditLog audit,
            Clock clock) {
        this.campaigns = campaigns;
        this.members = members;
        this.progress = progress;
        this.counts = counts;
        this.access = access;
        this.protocols = protocols;
        this.events = events;
        this.policies = policies;
        this.audit = audit;
        this.clock = clock;
    }

    /** The campaigns that somebody leads; an administrator leads all. Newest first. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public List<CampaignOverview> list(SignedIn lead) {
        return progress.overviews(lead);
    }

    /** The campaigns that somebody is a member of, by name. */
    @Transactional(readOnly = true)
    public List<CampaignName> memberships(SignedIn who) {
        return members.campaignsOf(who.id());
    }

    /** A campaign in numbers, for its leads. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public CampaignOverview overview(SignedIn lead, UUID campaign) {
        return progress.overview(lead, campaign);
    }

    /** The campaign of that name, for its leads. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public CampaignOverview overview(SignedIn lead, String name) {
        return overview(lead, named(lead, name));
    }

    /**
     * The id of the campaign of that name, for its leads.
     *
     * @throws Problem {@code unknown_campaign}
     */
    @Transactional(readOnly = true)
    public UUID named(SignedIn lead, String name) {
        var id = campaigns
                .findByName(OneLine.trimmed(name))
                .map(Campaign::id)
                .filter(found -> access.mayKnow(lead, found))
                .orElseThrow(() -> Problem.notFound(
                        "unknown_campaign", "There is no campaign named " + name + ", or you are not in it."));
        access.requireLead(lead, id);
        return id;
    }

    /** The id of the campaign of that name, whoever leads it: names are taken for everybody. */
    @Transactional(readOnly = true)
    public Optional<UUID> idOf(String name) {
        return campaigns.findByName(OneLine.trimmed(name)).map(Campaign::id);
    }

    /**
     * Creates a campaign; its creator is its first lead.
     *
     * @return its id
     * @throws Problem {@code not_a_lead}, {@code unknown_protocol}, {@code invalid_name} or {@code name_taken}
     */
    public UUID create(SignedIn creator, NewCampaign wanted) {
        return createCampaign(creator, wanted).id();
    }

    Campaign createCampaign(SignedIn creator, NewCampaign wanted) {
        requireCreator(creator);
        var name = checkedName("name", wanted.name());
        if (campaigns.findByName(name).isPresent()) {
            throw nameTaken(name);
        }
        var protocol = protocols.byReference(wanted.protocol()).protocol();
        var campaign = save(new Campaign(
                UUID.randomUUID(),
                name,
                protocol.sha256(),
                checked(wanted.settings()),
                seedOf(name),
                creator.id(),
                clock.instant()));
        members.put(campaign.id(), creator.id(), MemberRole.LEAD);
        audit.write(
                AuditAction.CAMPAIGN_CREATED,
                creator.id(),
                campaign.id(),
                name,
                null,
                Map.of("name", name, "protocol", wanted.protocol()));
        return campaign;
    }

    private Campaign save(Campaign campaign) {
        try {
            return campaigns.saveAndFlush(campaign);
        } catch (DataIntegrityViolationException e) {
            // somebody else was faster
            throw nameTaken(campaign.name());
        }
    }

    static Problem nameTaken(String name) {
        return Problem.conflict("name_taken", "There is a campaign named " + name + " already.");
    }

    /**
     * Requires somebody who may create campaigns.
     *
     * @throws Problem {@code not_a_lead}
     */
    public static void requireCreator(SignedIn creator) {
        if (creator.role() == Role.ANNOTATOR) {
            throw Problem.forbidden("not_a_lead", "Only leads and administrators create campaigns.");
        }
    }

    /** The name as it is stored, see {@link OneLine}. */
    public static String checkedName(String field, String name) {
        return OneLine.of("invalid_name", field, name, LONGEST_NAME);
    }

    /** What the leads have chosen. */
    @Transactional(readOnly = true)
    public CampaignSettings settings(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return campaign(campaign).settings();
    }

    /** The settings, when every one of them is possible. */
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public CampaignSettings checked(CampaignSettings settings) {
        return settings.checked(policies.all());
    }

    /** Changes what the leads have chosen. */
    public void change(SignedIn lead, UUID campaign, CampaignSettings settings) {
        change(lead, campaign, settings, Set.of());
    }

    /**
     * Changes what the leads have chosen, unless somebody else has done so since it was read.
     *
     * @param read {@linkplain CampaignSettings#tag() tags} of settings of which one must still hold; empty for any
     * @throws Problem {@code changed_meanwhile}, and nothing was written
     */
    public void change(SignedIn lead, UUID campaign, CampaignSettings settings, Set<String> read) {
        access.requireLead(lead, campaign);
        var found = locked(campaign);
        IfMatch.require(read, found.settings().tag());
        var before = found.settings();
        found.change(checked(settings));
        audit.write(AuditAction.CAMPAIGN_SETTINGS, lead.id(), campaign, null, before, settings);
    }

    /**
     * Gives a campaign another name.
     *
     * @param read the name that the lead has seen
     * @throws Problem {@code invalid_name}, {@code name_taken}, or {@code changed_meanwhile} where it has another name by now
     */
    public void rename(SignedIn lead, UUID campaign, String read, String name) {
        access.requireLead(lead, campaign);
        var wanted = checkedName("name", name);
        var found = locked(campaign);
        if (!found.name().equals(read)) {
            throw Problem.of(
                    HttpStatus.PRECONDITION_FAILED,
                    "changed_meanwhile",
                    "Somebody else has named this campaign " + found.name()
                            + " since you read its name. Nothing was written.");
        }
        if (campaigns
                .findByName(wanted)
                .filter(other -> !other.id().equals(campaign))
                .isPresent()) {
            throw nameTaken(wanted);
        }
        found.rename(wanted);
        save(found);
        audit.write(
                AuditAction.CAMPAIGN_RENAMED,
                lead.id(),
                campaign,
                wanted,
                Map.of("name", read),
                Map.of("name", wanted));
    }

    /** Opens, pauses or closes a campaign. */
    public void enter(SignedIn lead, UUID campaign, CampaignState state) {
        access.requireLead(lead, campaign);
        var found = locked(campaign);
        var before = found.state();
        if (found.archived() && state != CampaignState.CLOSED) {
            throw Problem.conflict("archived", "This campaign is archived. Restore it first, then open it.");
        }
        found.enter(state);
        audit.write(
                AuditAction.CAMPAIGN_STATE, lead.id(), campaign, null, Map.of("state", before), Map.of("state", state));
    }

    /**
     * The same from a page that shows the campaign in the given state.
     *
     * @throws Problem {@code changed_meanwhile} when it is in another by now: nobody reopens what was closed meanwhile
     */
    public void enter(SignedIn lead, UUID campaign, CampaignState shown, CampaignState state) {
        access.requireLead(lead, campaign);
        if (locked(campaign).state() != shown) {
            throw Problem.conflict(
                    "changed_meanwhile", "Somebody has changed the campaign's state meanwhile. Look at it again.");
        }
        enter(lead, campaign, state);
    }

    /**
     * Takes a closed campaign out of all lists; nothing of it is deleted, and it can come back.
     *
     * @throws Problem {@code not_closed}
     */
    public void archive(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        var found = locked(campaign);
        if (found.state() != CampaignState.CLOSED) {
            throw Problem.conflict("not_closed", "Only closed campaigns are archived. Close this one first.");
        }
        if (!found.archived()) {
            found.archive(clock.instant());
            audit.write(AuditAction.CAMPAIGN_ARCHIVED, lead.id(), campaign, null, null, null);
        }
    }

    /** Puts an archived campaign back into the lists. */
    public void restore(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        var found = locked(campaign);
        if (found.archived()) {
            found.restore();
            audit.write(AuditAction.CAMPAIGN_RESTORED, lead.id(), campaign, null, null, null);
        }
    }

    /** The members of a campaign, leads first. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public List<CampaignMember> members(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return members.of(campaign, counts.of(campaign));
    }

    /**
     * Adds a member, or gives a member another role.
     *
     * @throws Problem {@code unknown_account}, or {@code last_lead} when nobody would be left to lead the campaign
     */
    public void addMember(SignedIn lead, UUID campaign, String accountName, MemberRole role) {
        access.requireLead(lead, campaign);
        var account = members.account(accountName);
        locked(campaign);
        if (role != MemberRole.LEAD) {
            requireAnotherLead(campaign, account);
        }
        var before = members.role(campaign, account);
        members.put(campaign, account, role);
        audit.write(
                before.isEmpty() ? AuditAction.MEMBER_ADDED : AuditAction.MEMBER_ROLE,
                lead.id(),
                campaign,
                AccountName.of(accountName).orElse(accountName),
                before.map(known -> Map.of("role", known)).orElse(null),
                Map.of("role", role));
        if (role == MemberRole.ADJUDICATOR) {
            // what they hold as an annotator goes back to the queue
            events.publishEvent(new MemberRemoved(campaign, account));
        }
    }

    /** Removes a member; what they have labelled stays, what they hold goes back to the queue. */
    public void removeMember(SignedIn lead, UUID campaign, String accountName) {
        access.requireLead(lead, campaign);
        var account = members.account(accountName);
        locked(campaign);
        requireAnotherLead(campaign, account);
        var before = members.role(campaign, account);
        if (before.isEmpty()) {
            return;
        }
        members.remove(campaign, account);
        audit.write(
                AuditAction.MEMBER_REMOVED,
                lead.id(),
                campaign,
                AccountName.of(accountName).orElse(accountName),
                before.map(known -> Map.of("role", known)).orElse(null),
                null);
        events.publishEvent(new MemberRemoved(campaign, account));
    }

    private void requireAnotherLead(UUID campaign, UUID account) {
        if (members.isOnlyLead(campaign, account)) {
            throw Problem.conflict("last_lead", "This is the campaign's only lead. Make somebody else a lead first.");
        }
    }

    private Campaign campaign(UUID id) {
        return campaigns.findById(id).orElseThrow(() -> CampaignAccess.unknown(id));
    }

    /** One change at a time, each on what the one before has left: a pause and new settings keep each other. */
    private Campaign locked(UUID id) {
        return campaigns.lockById(id).orElseThrow(() -> CampaignAccess.unknown(id));
    }

    /** The same campaign imported on another machine draws the same strata. */
    private static long seedOf(String name) {
        return ByteBuffer.wrap(Sha256.of(name)).getLong();
    }
}
