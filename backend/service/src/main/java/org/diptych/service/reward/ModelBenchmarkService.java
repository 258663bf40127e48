package org.diptych.service.reward;

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

/** How model versions did on public benchmarks: written down by leads who measured it, and never changed. */
@Service
@Transactional
public class ModelBenchmarkService {
    private static final int MOST_LISTED = 100;

    private final ModelBenchmarkTable table;
    private final ModelVersionService versions;
    private final CampaignAccess access;
    private final AuditLog audit;

    ModelBenchmarkService(
            ModelBenchmarkTable table, ModelVersionService versions, CampaignAccess access, AuditLog audit) {
        this.table = table;
        this.versions = versions;
        this.access = access;
        this.audit = audit;
    }

    /** Adds a measurement of a version; its id. */
    public UUID add(SignedIn who, UUID campaign, int number, NewModelBenchmark measured) {
        access.requireLead(who, campaign);
        measured.check();
        var id = table.add(version(campaign, number).id(), measured, who.id());
        audit.write(
                AuditAction.MODEL_MEASURED,
                who.id(),
                campaign,
                String.valueOf(number),
                null,
                Map.of("benchmark", measured.benchmark()));
        return id;
    }

    /** The measurements of a version, newest first, the latest hundred, for leads. */
    @Transactional(readOnly = true)
    public List<ModelBenchmark.Whole> list(SignedIn who, UUID campaign, int number) {
        access.requireLead(who, campaign);
        return table.list(version(campaign, number).id(), MOST_LISTED);
    }

    /** The newest measurement of all versions, for leads who have seen the others: whether there is a newer one. */
    @Transactional(readOnly = true)
    public Optional<UUID> newest(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return table.newest(campaign);
    }

    /** The figures of all versions, newest first, the latest hundred, for leads. */
    @Transactional(readOnly = true)
    public List<ModelBenchmark> list(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        return table.ofCampaign(campaign, MOST_LISTED);
    }

    private ModelVersion version(UUID campaign, int number) {
        return versions.find(campaign, number)
                .orElseThrow(
                        () -> Problem.notFound("unknown_model", "This campaign has no model version " + number + "."));
    }
}
