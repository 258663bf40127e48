package org.diptych.service.quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.text.Characters;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standings;
import org.diptych.service.qualification.Step;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What leads see of a campaign's annotators, and the try that they may give. By name: nobody is ranked. */
@Service
@Transactional
public class AnnotatorService {
    private static final int LONGEST_REASON = 1_000;

    private final Standings standings;
    private final AnnotatorQueries queries;
    private final CampaignAccess access;
    private final AuditLog audit;

    AnnotatorService(Standings standings, AnnotatorQueries queries, CampaignAccess access, AuditLog audit) {
        this.standings = standings;
        this.queries = queries;
        this.access = access;
        this.audit = audit;
    }

    /** The annotators of a campaign, for its leads. */
    @Transactional(readOnly = true)
    public List<AnnotatorStanding> list(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        var accounts = queries.accounts(campaign);
        var attempts = queries.attempts(campaign);
        var grants = queries.grants(campaign);
        var gold = queries.gold(campaign);
        var work = queries.work(campaign, lead.id());
        return standings.ofAnnotators(lead, campaign).stream()
                .map(standing -> new AnnotatorStanding(
                        Objects.requireNonNull(accounts.get(standing.account())),
                        AnnotatorStanding.Qualification.of(standing),
                        attempts.getOrDefault(standing.account(), List.of()),
                        grants.getOrDefault(standing.account(), List.of()),
                        gold.get(standing.account()),
                        work.getOrDefault(standing.account(), new AnnotatorStanding.Work(0, 0, null, null))))
                .toList();
    }

    /**
     * Gives an annotator who has used up their tries another one.
     *
     * @param reason why, for the record
     * @throws Problem {@code unknown_annotator}; {@code not_failed} while they have tries left, or need none
     */
    public AnnotatorStanding grantTry(SignedIn lead, UUID campaign, UUID annotator, String reason) {
        var before = find(lead, campaign, annotator);
        var given = reason.strip();
        if (given.isEmpty() || given.length() > LONGEST_REASON) {
            throw Problem.invalid("invalid_reason", "reason", "Say why, in at most " + LONGEST_REASON + " characters.");
        }
        Characters.fault(given).ifPresent(fault -> {
            throw Problem.invalid("invalid_reason", "reason", "The reason " + fault + ". Leave it out.");
        });
        if (before.qualification().step() != Step.FAILED) {
            throw Problem.conflict("not_failed", "This annotator has not used up their tries.");
        }
        queries.grant(campaign, annotator, lead.id(), given);
        audit.write(
                AuditAction.TRY_GRANTED, lead.id(), campaign, before.account().name(), null, Map.of("reason", given));
        return find(lead, campaign, annotator);
    }

    private AnnotatorStanding find(SignedIn lead, UUID campaign, UUID annotator) {
        return list(lead, campaign).stream()
                .filter(standing -> standing.account().id().equals(annotator))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("unknown_annotator", "The campaign has no such annotator."));
    }
}
