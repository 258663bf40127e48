package org.diptych.service.reward;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Model versions: stored by workers, listed, promoted and rolled back by leads. One is active per campaign. */
@Service
@Transactional
public class ModelVersionService {
    private final StoredVersions versions;
    private final EntityManager entities;
    private final CampaignAccess access;
    private final Clock clock;
    private final AuditLog audit;

    ModelVersionService(
            StoredVersions versions, EntityManager entities, CampaignAccess access, Clock clock, AuditLog audit) {
        this.versions = versions;
        this.entities = entities;
        this.access = access;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Stores a version with the campaign's next number, and makes it the active one if it may be: both or neither, whenever
     * the worker dies.
     */
    public ModelVersion add(NewModelVersion made, boolean promoted) {
        // versions of one campaign come one at a time: one live run per campaign
        var added = versions.saveAndFlush(
                new StoredVersion(made, versions.lastNumber(made.campaign()) + 1, clock.instant()));
        if (promoted) {
            promote(made.campaign(), added.number());
            versions.flush();
        }
        entities.refresh(added);
        return added.version();
    }

    /** A lead makes a version the active one; the one before retires. The same call rolls back. */
    public void promote(SignedIn who, UUID campaign, int number) {
        access.requireLead(who, campaign);
        var before = promote(campaign, number);
        audit.write(
                AuditAction.MODEL_PROMOTED,
                who.id(),
                campaign,
                String.valueOf(number),
                before.map(former -> Map.of("active", former)).orElse(null),
                Map.of("active", number));
    }

    /** The number of the version that was active before, read when no other promotion is under way. */
    private Optional<Integer> promote(UUID campaign, int number) {
        versions.hold(campaign);
        var former = versions.findByCampaignAndState(campaign, ModelVersion.State.ACTIVE);
        former.ifPresent(StoredVersion::retire);
        // the one before leaves its place first
        versions.flush();
        versions.findByCampaignAndNumber(campaign, number)
                .orElseThrow(
                        () -> Problem.notFound("unknown_model", "This campaign has no model version " + number + "."))
                .promote(clock.instant());
        return former.map(StoredVersion::number);
    }

    /** The campaign's versions, newest first, for its leads. */
    @Transactional(readOnly = true)
    public List<ModelVersion> list(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return versions.findByCampaignOrderByNumberDesc(campaign).stream()
                .map(StoredVersion::version)
                .toList();
    }

    /** The version that chooses the campaign's next pairs, if any was promoted. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> active(UUID campaign) {
        return versions.findByCampaignAndState(campaign, ModelVersion.State.ACTIVE)
                .map(StoredVersion::version);
    }

    /** The campaign's version of that number. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> find(UUID campaign, int number) {
        return versions.findByCampaignAndNumber(campaign, number).map(StoredVersion::version);
    }
}
