package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes annotators for a simulation: marked as simulated, members of the one campaign, able to act by token only. */
@RestController
class SimulatedAnnotatorController {
    private static final int MOST = 256;

    private final AccountService accounts;
    private final ApiTokenService tokens;
    private final CampaignAccess access;
    private final CampaignMembers members;
    private final AuditLog audit;

    SimulatedAnnotatorController(
            AccountService accounts,
            ApiTokenService tokens,
            CampaignAccess access,
            CampaignMembers members,
            AuditLog audit) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.access = access;
        this.members = members;
        this.audit = audit;
    }

    @PostMapping("/api/v1/campaigns/{campaign}/simulated-annotators")
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    List<Simulated> create(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Request request) {
        access.requireLead(who, campaign);
        if (request.count() < 1 || request.count() > MOST) {
            throw Problem.invalid("invalid_count", "count", "Make 1 to " + MOST + " simulated annotators.");
        }
        var made = new ArrayList<Simulated>();
        for (int i = 0; i < request.count(); i++) {
            var suffix = UUID.randomUUID().toString().substring(0, 8);
            var annotator = accounts.createSimulatedAnnotator("sim-%02d-%s".formatted(i + 1, suffix));
            members.put(campaign, annotator.id(), MemberRole.ANNOTATOR);
            made.add(new Simulated(
                    annotator.name(), tokens.create(annotator, "simulation").token()));
        }
        audit.write(
                AuditAction.MEMBERS_SIMULATED,
                who.id(),
                campaign,
                null,
                null,
                Map.of("names", made.stream().map(Simulated::name).toList()));
        return made;
    }

    record Request(int count) {}

    record Simulated(String name, String token) {}
}
