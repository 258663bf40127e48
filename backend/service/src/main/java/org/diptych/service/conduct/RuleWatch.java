package org.diptych.service.conduct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the annotators' work by the rules of its campaign, for a job that one node at a time has. The same labels never
 * make a rule act twice: each notice says up to which label it looked, and what was there when a lead ended a pause is done
 * with.
 */
@Service
public class RuleWatch {
    private static final Logger log = LoggerFactory.getLogger(RuleWatch.class);

    private final RuleTable rules;
    private final NoticeTable notices;
    private final WorkReader reader;
    private final AssignmentService assignments;
    private final AuditLog audit;
    private final HalfHour halfHour;
    private final TransactionTemplate transaction;

    RuleWatch(
            RuleTable rules,
            NoticeTable notices,
            WorkReader reader,
            AssignmentService assignments,
            AuditLog audit,
            HalfHour halfHour,
            PlatformTransactionManager transactions) {
        this.rules = rules;
        this.notices = notices;
        this.reader = reader;
        this.assignments = assignments;
        this.audit = audit;
        this.halfHour = halfHour;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Looks at everybody who has labelled since it last did.
     *
     * @param stopping asked between two annotators
     */
    public void look(BooleanSupplier stopping) {
        for (var campaign : rules.campaigns()) {
            var chosen = rules.of(campaign);
            for (var annotator : rules.watched(campaign)) {
                if (stopping.getAsBoolean()) {
                    return;
                }
                try {
                    look(campaign, chosen, annotator);
                } catch (RuntimeException e) {
                    // the others are looked at all the same
                    log.error("campaign {}: the work of {} could not be looked at", campaign, annotator.annotator(), e);
                }
            }
        }
    }

    private void look(UUID campaign, AnnotatorRules chosen, RuleTable.Watched watched) {
        var annotator = watched.annotator();
        var before = notices.baseline(campaign, annotator);
        var found = found(campaign, annotator, chosen, before, watched.last());
        transaction.executeWithoutResult(_ -> {
            // before anything else of theirs: no claim is under way, and each one after it knows
            assignments.awaitTurn(annotator, campaign);
            // no change of the rules meets the mark that is set here
            rules.lock(campaign);
            if (notices.pause(campaign, annotator).isPresent()
                    || notices.member(campaign, annotator).isEmpty()
                    || !notices.baseline(campaign, annotator).equals(before)
                    || !rules.of(campaign).equals(chosen)) {
                // somebody has decided meanwhile: they are looked at again under what holds now
                return;
            }
            for (var evidence : found) {
                act(campaign, annotator, evidence);
                if (evidence.action() == RuleAction.PAUSE) {
                    break;
                }
            }
            rules.mark(campaign, watched);
        });
    }

    private void act(UUID campaign, UUID annotator, RuleEvidence evidence) {
        notices.add(campaign, annotator, evidence);
        audit.write(
                evidence.action() == RuleAction.PAUSE ? AuditAction.ANNOTATOR_PAUSED : AuditAction.ANNOTATOR_WARNED,
                null,
                campaign,
                notices.member(campaign, annotator).orElse(annotator.toString()),
                null,
                new Entry(evidence.cause(), evidence.figures()));
    }

    private record Entry(Cause cause, Map<String, Object> figures) {}

    /** Warnings first, so that none is lost behind a pause. */
    private List<RuleEvidence> found(
            UUID campaign, UUID annotator, AnnotatorRules chosen, NoticeTable.Baseline before, long last) {
        var found = new ArrayList<RuleEvidence>();
        var gold = chosen.gold();
        if (gold != null) {
            RuleChecks.gold(gold, reader.gold(annotator, campaign, before.after(Cause.GOLD), before.since()))
                    .ifPresent(found::add);
        }
        var fast = chosen.fast();
        var skips = chosen.skips();
        if (fast != null || skips != null) {
            var labels = reader.labels(annotator, campaign).stream()
                    .filter(label -> label.at().isAfter(before.since()))
                    .toList();
            if (fast != null) {
                RuleChecks.fast(
                                fast,
                                labels.stream()
                                        .filter(label -> !label.skip()
                                                && label.first()
                                                && label.sequence() > before.after(Cause.FAST))
                                        .map(WorkReader.Row::work)
                                        .toList())
                        .ifPresent(found::add);
            }
            if (skips != null) {
                RuleChecks.skips(
                                skips,
                                labels.stream()
                                        .filter(label -> label.stands() && label.sequence() > before.after(Cause.SKIPS))
                                        .map(WorkReader.Row::work)
                                        .toList())
                        .ifPresent(found::add);
            }
        }
        var drift = chosen.drift();
        if (drift != null) {
            var since = before.since(Cause.DRIFT);
            var compared = WorkReader.compared(reader.shared(annotator, campaign, halfHour.last())).stream()
                    .filter(each -> each.at().isAfter(since))
                    .toList();
            RuleChecks.drift(drift, compared, last).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(RuleEvidence::action));
        return found;
    }
}
