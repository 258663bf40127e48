package org.diptych.service.dataset;

import java.io.OutputStream;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.database.Streaming;
import org.diptych.service.problem.Problem;
import org.springframework.stereotype.Service;

/** Writes a campaign's labels to a stream, row by row, from one consistent view of the database. */
@Service
public class ExportService {
    private final LabelExport labels;
    private final EditRewardExport editReward;
    private final ReplayExport replay;
    private final FolderExport folders;
    private final CampaignProtocols protocols;
    private final CampaignAccess access;
    private final Streaming streaming;
    private final ExportRecord record;

    ExportService(
            LabelExport labels,
            EditRewardExport editReward,
            ReplayExport replay,
            FolderExport folders,
            CampaignProtocols protocols,
            CampaignAccess access,
            Streaming streaming,
            ExportRecord record) {
        this.labels = labels;
        this.editReward = editReward;
        this.replay = replay;
        this.folders = folders;
        this.protocols = protocols;
        this.access = access;
        this.streaming = streaming;
        this.record = record;
    }

    /**
     * Checks that the export can be made without a word about its options.
     *
     * @return the name of its file
     */
    public String prepare(SignedIn who, UUID campaign, ExportFormat format) {
        return prepare(who, campaign, format, ExportOptions.of(format.filter()));
    }

    /**
     * Checks that the export can be made, before a byte of it is written.
     *
     * @return the name of its file
     */
    public String prepare(SignedIn who, UUID campaign, ExportFormat format, ExportOptions options) {
        access.requireLead(who, campaign);
        requirePossible(campaign, format, options);
        return format.fileName(options.split());
    }

    /** Whatever somebody may do: that there can be such an export. */
    void requirePossible(UUID campaign, ExportFormat format, ExportOptions options) {
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
        options.requireOf(format);
        if (format.isFolder()) {
            folders.prepare(format, protocols.current(campaign));
        }
    }

    private ReplayExport.Source replaySource(UUID campaign) {
        return replay.source(campaign)
                .orElseThrow(() -> Problem.invalid(
                        "no_snapshot",
                        "format",
                        "No model has been trained yet, so there are neither features nor a frozen set of"
                                + " labels. Train one first."));
    }

    /** Writes the export without a word about its options. */
    public long write(SignedIn who, UUID campaign, ExportFormat format, OutputStream stream) {
        return write(who, campaign, format, ExportOptions.of(format.filter()), stream);
    }

    /**
     * Writes the export, and down who has it. The stream is flushed, not closed.
     *
     * @return how many labelled pairs have no record, because what is said of them contradicts itself
     */
    public long write(SignedIn who, UUID campaign, ExportFormat format, ExportOptions options, OutputStream stream) {
        prepare(who, campaign, format, options);
        var written = write(campaign, format, options, stream);
        record.taken(who, campaign, format, options);
        return written.leftOut();
    }

    /** Writes the export for a job of the server. The stream is flushed, not closed. */
    Written write(UUID campaign, ExportFormat format, ExportOptions options, OutputStream stream) {
        if (format.isFolder()) {
            var agreement = folders.agreement(campaign);
            return streaming.asOfOneMoment(
                    () -> folders.write(campaign, protocols.current(campaign), format, options, agreement, stream));
        }
        return streaming.asOfOneMoment(() -> switch (format) {
            case REPLAY -> replay.write(streaming, campaign, replaySource(campaign), stream);
            case JSONL, EDITREWARD_JSON -> plain(campaign, format, options, stream);
            default -> throw new IllegalStateException(format + " is a folder");
        });
    }

    private Written plain(UUID campaign, ExportFormat format, ExportOptions options, OutputStream stream) {
        var protocol = protocols.current(campaign);
        if (options.split().equals(Split.NONE)) {
            return format == ExportFormat.JSONL
                    ? labels.write(streaming, campaign, options, stream)
                    : editReward.write(campaign, protocol, options, stream);
        }
        var names = new Pseudonyms(options.names());
        return PartFiles.write(
                format,
                options.split(),
                stream,
                (part, out) -> format == ExportFormat.JSONL
                        ? labels.write(streaming, campaign, options, names, part, out)
                        : editReward.write(campaign, protocol, options, names, part, out));
    }
}
