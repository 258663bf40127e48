package org.diptych.service.conduct;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.diptych.protocol.text.Characters;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Standings;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What leads do about an annotator's work, each with a reason. What changes who gets pairs takes the annotator's turn first, so
 * it holds for every claim after it.
 */
@Service
@Transactional
public class Conduct {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_ANSWER = 2_000;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private final NoticeTable notices;
    private final RuleTable rules;
    private final AssignmentService assignments;
    private final Standings standings;
    private final CampaignAccess access;
    private final AuditLog audit;
    private final Clock clock;

    Conduct(
            NoticeTable notices,
            RuleTable rules,
            AssignmentService assignments,
            Standings standings,
            CampaignAccess access,
            AuditLog audit,
            Clock clock) {
        this.notices = notices;
        this.rules = rules;
        this.assignments = assignments;
        this.standings = standings;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Gives an annotator no new pairs from now on. What they hold they may finish.
     *
     * @param reason why; the annotator reads it
     * @throws Problem {@code unknown_annotator}; {@code invalid_reason}; {@code paused_already}
     */
    public void pause(SignedIn lead, UUID campaign, UUID annotator, @Nullable String reason) {
        access.requireLead(lead, campaign);
        var given = required(reason, "reason", "invalid_reason", LONGEST_REASON);
        assignments.awaitTurn(annotator, campaign);
        var name = notices.member(campaign, annotator).orElseThrow(Conduct::unknown);
        if (notices.pause(campaign, annotator).isPresent()) {
            throw Problem.conflict("paused_already", "This annotator is paused already. Load the page again.");
        }
        notices.addByLead(campaign, annotator, lead.id(), given);
        audit.write(AuditAction.ANNOTATOR_PAUSED, lead.id(), campaign, name, null, Map.of("reason", given));
    }

    /**
     * Ends a pause. The labels that a rule paused for do not make it act again.
     *
     * @param reason what the annotator is told; null for nothing
     * @throws Problem {@code unknown_annotator}; {@code own_case}; {@code invalid_reason}; {@code not_paused};
     *     {@code appeal_waiting}: the appeal is to be answered
     */
    public void resume(SignedIn lead, UUID campaign, UUID annotator, @Nullable String reason) {
        access.requireLead(lead, campaign);
        requireNotOwn(lead, annotator);
        var given = optional(reason, "reason", "invalid_reason", LONGEST_REASON);
        assignments.awaitTurn(annotator, campaign);
        var name = notices.labelled(campaign, annotator).orElseThrow(Conduct::unknown);
        var pause = notices.pause(campaign, annotator)
                .orElseThrow(
                        () -> Problem.conflict("not_paused", "This annotator is not paused. Load the page again."));
        var appeal = pause.appeal();
        if (appeal != null && appeal.waiting()) {
            throw Problem.conflict(
                    "appeal_waiting",
                    "The annotator has appealed to this pause. Answer the appeal: lift the pause there.");
        }
        notices.end(pause.id(), lead.id(), given);
        audit.write(
                AuditAction.ANNOTATOR_RESUMED,
                lead.id(),
                campaign,
                name,
                null,
                given == null ? null : Map.of("reason", given));
    }

    /**
     * Answers an appeal. Whoever is right, what is said is read by the annotator.
     *
     * @param lift whether the pause ends; else it stands
     * @throws Problem {@code unknown_notice}; {@code invalid_text}; {@code own_appeal}; {@code changed_meanwhile} when there is
     *     nothing to answer any more
     */
    public void answer(SignedIn lead, UUID campaign, UUID notice, boolean lift, @Nullable String text) {
        access.requireLead(lead, campaign);
        var given = required(text, "text", "invalid_text", LONGEST_ANSWER);
        var annotator = notices.requireIn(campaign, notice);
        if (annotator.equals(lead.id())) {
            throw Problem.forbidden("own_appeal", "This appeal is yours. Another lead or an administrator answers it.");
        }
        assignments.awaitTurn(annotator, campaign);
        if (!notices.answer(notice, lead.id(), lift, given)) {
            throw Problem.conflict(
                    "changed_meanwhile",
                    "Another lead has answered this appeal meanwhile, or there is none. Nothing was written.");
        }
        if (lift) {
            notices.end(notice, lead.id(), null);
        }
        audit.write(
                lift ? AuditAction.APPEAL_LIFTED : AuditAction.APPEAL_UPHELD,
                lead.id(),
                campaign,
                notices.labelled(campaign, annotator).orElse(annotator.toString()),
                null,
                Map.of("text", given));
    }

    /**
     * Leaves an annotator's labels out of exports, trainings, agreement and consensus. The labels stay.
     *
     * @param from the first day, from midnight UTC
     * @throws Problem {@code unknown_annotator}; {@code own_case}; {@code invalid_reason}; {@code invalid_day};
     *     {@code excluded_already}
     */
    public void exclude(
            SignedIn lead, UUID campaign, UUID annotator, @Nullable LocalDate from, @Nullable String reason) {
        access.requireLead(lead, campaign);
        requireNotOwn(lead, annotator);
        var given = required(reason, "reason", "invalid_reason", LONGEST_REASON);
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        if (from == null || from.isBefore(EARLIEST) || from.isAfter(today)) {
            throw Problem.invalid("invalid_day", "from", "Give a day up to today (UTC), as YYYY-MM-DD.");
        }
        var name = notices.labelled(campaign, annotator).orElseThrow(Conduct::unknown);
        if (!notices.exclude(campaign, annotator, lead.id(), from, given)) {
            throw Problem.conflict(
                    "excluded_already",
                    "This annotator is excluded already. Take them in again first, then exclude them.");
        }
        audit.write(
                AuditAction.ANNOTATOR_EXCLUDED,
                lead.id(),
                campaign,
                name,
                null,
                Map.of("from", from.toString(), "reason", given));
    }

    /**
     * Takes an excluded annotator's labels in again.
     *
     * @throws Problem {@code unknown_annotator}; {@code own_case}; {@code not_excluded}
     */
    public void readmit(SignedIn lead, UUID campaign, UUID annotator) {
        access.requireLead(lead, campaign);
        requireNotOwn(lead, annotator);
        var name = notices.labelled(campaign, annotator).orElseThrow(Conduct::unknown);
        if (!notices.readmit(campaign, annotator, lead.id())) {
            throw Problem.conflict("not_excluded", "This annotator is not excluded. Load the page again.");
        }
        audit.write(AuditAction.ANNOTATOR_READMITTED, lead.id(), campaign, name, null, null);
    }

    /** The annotators whose labels are left out, by name. */
    @Transactional(readOnly = true)
    public List<Exclusion> exclusions(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return notices.exclusions(campaign);
    }

    /** Who is paused, by account, and whether an appeal of theirs waits. */
    @Transactional(readOnly = true)
    public Map<UUID, Boolean> paused(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return notices.paused(campaign);
    }

    /**
     * Whether it would change anything to send somebody to the qualification set again.
     *
     * @param bound whether they are one of those who have to pass it at all
     */
    static boolean mayRetrain(Standing standing, boolean bound) {
        return bound && standing.questions() > 0 && standing.passed();
    }

    /**
     * Lets an annotator who has passed work on only after they have passed the qualification set again.
     *
     * @param reason why; the annotator reads it
     * @throws Problem {@code unknown_annotator}; {@code invalid_reason}; {@code nothing_to_repeat} for who is exempt or simulated,
     *     has not passed yet, or where there is no qualification set
     */
    public void retrain(SignedIn lead, UUID campaign, UUID annotator, @Nullable String reason) {
        access.requireLead(lead, campaign);
        var given = required(reason, "reason", "invalid_reason", LONGEST_REASON);
        assignments.awaitTurn(annotator, campaign);
        var name = notices.member(campaign, annotator).orElseThrow(Conduct::unknown);
        if (!mayRetrain(
                standings.ofAnnotator(lead, campaign, annotator), notices.boundToQualify(campaign, annotator))) {
            throw Problem.conflict(
                    "nothing_to_repeat",
                    "There is nothing to repeat: the annotator is exempt from the qualification set, has not passed it"
                            + " yet, or the campaign has none.");
        }
        notices.retrain(campaign, annotator, lead.id(), given);
        audit.write(AuditAction.ANNOTATOR_RETRAINED, lead.id(), campaign, name, null, Map.of("reason", given));
    }

    /** The rules of a campaign. */
    @Transactional(readOnly = true)
    public AnnotatorRules rules(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return rules.of(campaign);
    }

    /**
     * Changes the rules, unless somebody else has done so since they were read; all work since the last notices is looked at
     * under them within minutes.
     *
     * @param read {@linkplain AnnotatorRules#tag() tags} of rules of which one must still hold; empty for any
     * @throws Problem {@code invalid_rules}; {@code changed_meanwhile}, and nothing was written
     */
    public AnnotatorRules change(SignedIn lead, UUID campaign, AnnotatorRules wanted, Set<String> read) {
        access.requireLead(lead, campaign);
        var checked = wanted.checked();
        rules.lock(campaign);
        var before = rules.of(campaign);
        IfMatch.require(read, before.tag());
        rules.put(campaign, checked);
        audit.write(AuditAction.ANNOTATOR_RULES, lead.id(), campaign, null, before, checked);
        return checked;
    }

    /** Nobody decides on their own work. */
    private static void requireNotOwn(SignedIn lead, UUID annotator) {
        if (annotator.equals(lead.id())) {
            throw Problem.forbidden(
                    "own_case", "This is about your own work. Another lead or an administrator decides.");
        }
    }

    static Problem unknown() {
        return Problem.notFound("unknown_annotator", "The campaign has no such annotator.");
    }

    static String required(@Nullable String text, String field, String code, int longest) {
        var given = optional(text, field, code, longest);
        if (given == null) {
            throw Problem.invalid(code, field, "Say why, in at most " + longest + " characters.");
        }
        return given;
    }

    private static @Nullable String optional(@Nullable String text, String field, String code, int longest) {
        var given = text == null ? "" : text.strip();
        if (given.length() > longest) {
            throw Problem.invalid(code, field, "At most " + longest + " characters. Shorten it.");
        }
        Characters.fault(given).ifPresent(fault -> {
            throw Problem.invalid(code, field, "What is written here " + fault + ". Leave it out.");
        });
        return given.isEmpty() ? null : given;
    }
}
