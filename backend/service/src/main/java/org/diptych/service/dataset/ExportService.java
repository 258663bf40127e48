package org.diptych.service.dataset;

import java.io.OutputStream;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a campaign's labels to a stream, row by row, from one consistent view of the database. */
@Service
public class ExportService {
    private static final int ROWS_AT_A_TIME = 1_000;

    private final LabelExport labels;
    private final EditRewardExport editReward;
    private final ReplayExport replay;
    private final CampaignProtocols protocols;
    private final CampaignAccess access;
    private final JdbcTemplate streaming;
    private final TransactionTemplate consistently;

    ExportService(
            LabelExport labels,
            EditRewardExport editReward,
            ReplayExport replay,
            CampaignProtocols protocols,
            CampaignAccess access,
            JdbcTemplate template,
            PlatformTransactionManager transactions) {
        this.labels = labels;
        this.editReward = editReward;
        this.replay = replay;
        this.protocols = protocols;
        this.access = access;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(ROWS_AT_A_TIME);
        this.consistently = new TransactionTemplate(transactions);
        this.consistently.setReadOnly(true);
        this.consistently.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Checks that the export can be made, before a byte of it is written.
     *
     * @return the name of its file
     */
    public String prepare(SignedIn who, UUID campaign, ExportFormat format) {
        access.requireLead(who, campaign);
        if (format == ExportFormat.EDITREWARD_JSON
                && protocols.current(campaign).mode() != AnswerMode.RATING) {
            throw Problem.invalid(
                    "no_ratings",
                    "format",
                    "EditReward's records hold ratings, and protocol "
                            + protocols.current(campaign).reference() + " asks for comparisons. Export as jsonl.");
        }
        if (format == ExportFormat.REPLAY) {
            replaySource(campaign);
        }
        return format.fileName();
    }

    private ReplayExport.Source replaySource(UUID campaign) {
        return replay.source(streaming, campaign)
                .orElseThrow(
                        () -> Problem.invalid(
                                "no_snapshot",
                                "format",
                                "No model has been trained yet, so there are neither features nor a frozen set of labels. Train one first."));
    }

    /**
     * Writes the export. The stream is flushed, not closed.
     *
     * @return how many labelled pairs have no record, because what is said of them contradicts itself
     */
    public long write(SignedIn who, UUID campaign, ExportFormat format, OutputStream stream) {
        prepare(who, campaign, format);
        return Objects.requireNonNull(consistently.execute(_ -> switch (format) {
            case JSONL -> {
                labels.write(streaming, campaign, stream);
                yield 0L;
            }
            case REPLAY -> {
                replay.write(streaming, campaign, replaySource(campaign), stream);
                yield 0L;
            }
            case EDITREWARD_JSON -> editReward.write(streaming, campaign, protocols.current(campaign), stream);
        }));
    }
}
