package org.diptych.service.conduct;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.figures.SharedReading;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Standings;
import org.diptych.service.quality.AnnotatorStanding;
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
     * An annotator of a campaign, for its leads.
     *
     * @throws Problem {@code unknown_annotator}
     */
    public AnnotatorReport of(SignedIn lead, UUID campaign, UUID annotator) {
        return report(campaign, annotator, standings.ofAnnotator(lead, campaign, annotator), false);
    }

    /** The caller's own figures, without anybody else's name. */
    public AnnotatorReport own(SignedIn who, UUID campaign) {
        return report(campaign, who.id(), standings.of(who, campaign), true);
    }

    private AnnotatorReport report(UUID campaign, UUID annotator, Standing standing, boolean nameless) {
        var found = notices.of(campaign, annotator);
        var exclusion = notices.exclusions(campaign).stream()
                .filter(each -> each.annotator().equals(annotator))
                .findFirst();
        return new AnnotatorReport(
                account(annotator),
                AnnotatorStanding.Qualification.of(standing),
                readings.get(new Of(annotator, campaign), () -> reader.read(annotator, campaign)),
                nameless ? found.stream().map(Notice::nameless).toList() : found,
                (nameless ? exclusion.map(Exclusion::nameless) : exclusion).orElse(null),
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
        return notices.questioned(notice);
    }

    /**
     * The caller's own judgements that a notice to them rests on. Which pairs they are is not said.
     *
     * @throws Problem {@code unknown_notice}
     */
    public List<QuestionedPair> questionedOwn(SignedIn who, UUID campaign, UUID notice) {
        access.requireMember(who, campaign);
        notices.requireOf(who.id(), campaign, notice);
        return notices.questioned(notice).stream()
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
