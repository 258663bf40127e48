package org.diptych.service.conduct;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What annotators say to a pause: once for each, and a lead must answer. */
@Service
@Transactional
public class Appeals {
    private static final int LONGEST = 2_000;

    private final NoticeTable notices;
    private final AssignmentService assignments;
    private final CampaignAccess access;
    private final AuditLog audit;

    Appeals(NoticeTable notices, AssignmentService assignments, CampaignAccess access, AuditLog audit) {
        this.notices = notices;
        this.assignments = assignments;
        this.access = access;
        this.audit = audit;
    }

    /** Whether the caller is paused in a campaign of theirs. */
    @Transactional(readOnly = true)
    public boolean paused(SignedIn who, UUID campaign) {
        access.requireMember(who, campaign);
        return notices.pause(campaign, who.id()).isPresent();
    }

    /**
     * Appeals to the caller's own pause. Gold that it rests on is handed to nobody and counts for nobody until a lead has
     * answered.
     *
     * @throws Problem {@code unknown_notice}; {@code invalid_text}; {@code not_paused} when the pause has ended;
     *     {@code appealed_already}
     */
    public void make(SignedIn who, UUID campaign, UUID notice, @Nullable String text) {
        access.requireMember(who, campaign);
        var words = Conduct.required(text, "text", "invalid_text", LONGEST);
        notices.requireOf(who.id(), campaign, notice);
        // a lead who ends the pause at this moment is waited for
        assignments.awaitTurn(who.id(), campaign);
        var pause = notices.pause(campaign, who.id())
                .filter(each -> each.id().equals(notice))
                .orElseThrow(() -> Problem.conflict("not_paused", "This pause has ended. Load the page again."));
        if (!notices.appeal(campaign, who.id(), pause.id(), words)) {
            throw Problem.conflict(
                    "appealed_already",
                    "You have appealed to this pause already. A lead answers; there is no second appeal.");
        }
        audit.write(AuditAction.APPEAL_MADE, who.id(), campaign, who.name(), null, Map.of("text", words));
    }
}
