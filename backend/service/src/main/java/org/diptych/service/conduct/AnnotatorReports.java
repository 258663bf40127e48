package org.diptych.service.conduct;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.figures.SharedReading;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Standings;
import org.diptych.service.quality.AnnotatorStanding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What is to be known of one annotator, for leads and for themselves. Figures are read by one for all who ask meanwhile, from
 * this annotator's own pairs; nothing here may be called while a connection of the database is held.
 */
@Service
public class AnnotatorReports {
    private static final int MOST_KEPT = 500;
    /** Labels that are read in no time. */
    private static final int FEW = 500;

    private final WorkFigureReader reader;
    private final NoticeTable notices;
    private final Standings standings;
    private final CampaignAccess access;
    private final JdbcClient jdbc;
    private final SharedReading<Of, WorkFigures> readings =
            new SharedReading<>(MOST_KEPT, figures -> figures.labels() < FEW);

    AnnotatorReports(
            WorkFigureReader reader, NoticeTable notices, Standings standings, CampaignAccess access, JdbcClient jdbc) {
        this.reader = reader;
        this.notices = notices;
        this.standings = standings;
        this.access = access;
        this.jdbc = jdbc;
    }

    private record Of(UUID annotator, UUID campaign) {}

    /**
     * Somebody who labels in a campaign, or has, for its leads.
     *
     * @throws Problem {@code unknown_annotator}
     */
    public AnnotatorReport of(SignedIn lead, UUID campaign, UUID annotator) {
        return report(campaign, annotator, standing(lead, campaign, annotator), false, figures(campaign, annotator));
    }

    /** The same without figures, which takes no time. */
    public AnnotatorReport briefly(SignedIn lead, UUID campaign, UUID annotator) {
        return report(campaign, annotator, standing(lead, campaign, annotator), false, null);
    }

    /** The figures of the same, read beside the request. */
    public CompletableFuture<WorkFigures> figures(SignedIn lead, UUID campaign, UUID annotator) {
        standing(lead, campaign, annotator);
        return beside(campaign, annotator);
    }

    /** The caller's own figures, without anybody else's name. */
    public AnnotatorReport own(SignedIn who, UUID campaign) {
        return report(campaign, who.id(), standings.of(who, campaign), true, figures(campaign, who.id()));
    }

    /** The same without figures, which takes no time. */
    public AnnotatorReport ownBriefly(SignedIn who, UUID campaign) {
        return report(campaign, who.id(), standings.of(who, campaign), true, null);
    }

    /** The figures of the same, read beside the request. */
    public CompletableFuture<WorkFigures> ownFigures(SignedIn who, UUID campaign) {
        access.requireMember(who, campaign);
        return beside(campaign, who.id());
    }

    private CompletableFuture<WorkFigures> beside(UUID campaign, UUID annotator) {
        return CompletableFuture.supplyAsync(() -> figures(campaign, annotator), Thread::startVirtualThread);
    }

    private WorkFigures figures(UUID campaign, UUID annotator) {
        return readings.get(new Of(annotator, campaign), () -> reader.read(annotator, campaign));
    }

    private Standing standing(SignedIn lead, UUID campaign, UUID annotator) {
        access.requireLead(lead, campaign);
        if (notices.labelled(campaign, annotator).isEmpty()) {
            throw Conduct.unknown();
        }
        return standings.ofAnybody(lead, campaign, annotator);
    }

    private AnnotatorReport report(
            UUID campaign, UUID annotator, Standing standing, boolean nameless, @Nullable WorkFigures figures) {
        var found = notices.of(campaign, annotator);
        var exclusion = notices.exclusions(campaign).stream()
                .filter(each -> each.annotator().equals(annotator))
                .findFirst();
        var retraining = notices.retraining(campaign, annotator);
        return new AnnotatorReport(
                account(annotator),
                AnnotatorStanding.Qualification.of(standing),
                figures,
                nameless ? found.stream().map(Notice::nameless).toList() : found,
                (nameless ? exclusion.map(Exclusion::nameless) : exclusion).orElse(null),
                (nameless ? retraining.map(AnnotatorReport.Retraining::nameless) : retraining).orElse(null),
                notices.member(campaign, annotator).isPresent(),
                Conduct.mayRetrain(standing, notices.boundToQualify(campaign, annotator)));
    }

    private AnnotatorStanding.Account account(UUID annotator) {
        return jdbc.sql("SELECT id, name, display_name, simulated FROM account WHERE id = ?")
                .param(annotator)
                .query((row, number) -> new AnnotatorStanding.Account(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("display_name"),
                        row.getBoolean("simulated")))
                .single();
    }

    /**
     * The judgements that a notice rests on, for leads.
     *
     * @throws Problem {@code unknown_notice}
     */
    public List<QuestionedPair> questioned(SignedIn lead, UUID campaign, UUID notice) {
        access.requireLead(lead, campaign);
        notices.requireIn(campaign, notice);
        return notices.questioned(notice, true);
    }

    /**
     * The caller's own judgements that a pause of theirs rests on. Which pairs they are is not said, nor anything of a mere
     * warning: nothing of it can be disputed, and pair by pair it would tell what is known of them.
     *
     * @throws Problem {@code unknown_notice}
     */
    public List<QuestionedPair> questionedOwn(SignedIn who, UUID campaign, UUID notice) {
        access.requireMember(who, campaign);
        notices.requireOf(who.id(), campaign, notice);
        return notices.questioned(notice, false).stream()
                .map(pair -> new QuestionedPair(
                        pair.label(),
                        null,
                        pair.instruction(),
                        pair.source(),
                        pair.left(),
                        pair.right(),
                        pair.answers(),
                        pair.protocolSha256(),
                        pair.standing()))
                .toList();
    }
}
