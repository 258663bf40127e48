package org.diptych.service.dataset;

import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.agreement.CampaignAgreement;
import org.diptych.service.database.Streaming;
import org.diptych.service.image.ImageLibrary;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.stereotype.Component;

/** Datasets of several files: the data as the format has them, a card, a Croissant description, the protocols. */
@Component
class FolderExport {
    private final Streaming streaming;
    private final LabelledTasks tasks;
    private final ImageLibrary pictures;
    private final AgreementService agreements;
    private final ProtocolService protocols;
    private final Clock clock;

    FolderExport(
            Streaming streaming,
            LabelledTasks tasks,
            ImageLibrary pictures,
            AgreementService agreements,
            ProtocolService protocols,
            Clock clock) {
        this.streaming = streaming;
        this.tasks = tasks;
        this.pictures = pictures;
        this.agreements = agreements;
        this.protocols = protocols;
        this.clock = clock;
    }

    /** Checks that the format has words for what the protocol asks. */
    void prepare(ExportFormat format, Protocol protocol) {
        if (format == ExportFormat.EDITREWARD_PARQUET
                && (protocol.mode() != AnswerMode.RATING
                        || protocol.dimensions().size() != EditRewardTableFormat.DIMENSIONS)) {
            throw Problem.invalid(
                    "no_ratings",
                    "format",
                    "EditReward's columns hold ratings on two dimensions, and protocol " + protocol.reference()
                            + " asks for something else. Export as parquet.");
        }
    }

    /** Agreement is read before: it is computed aside, and kept. */
    CampaignAgreement agreement(UUID campaign) {
        return agreements.current(campaign);
    }

    /**
     * Writes the archive.
     *
     * @return its rows, and how many labelled tasks have none
     */
    Written write(
            UUID campaign,
            Protocol protocol,
            ExportFormat format,
            ExportOptions options,
            CampaignAgreement agreement,
            OutputStream stream) {
        var data = new Dataset(campaign, protocol, options, streaming, tasks, pictures::original);
        var facts = DatasetFacts.read(data, streaming, sha256 -> protocols.bySha256(sha256), agreement);
        if (facts.labels() == 0) {
            throw Problem.conflict(
                    "nothing_to_export",
                    "No label fits (" + String.join("; ", options.filter().words())
                            + "). Labels of simulated annotators are only in an export that says so:"
                            + " filter simulated=include.");
        }
        try (var archive = new Archive(stream)) {
            long leftOut = format.dataset().write(data, archive);
            if (archive.files().stream().allMatch(file -> file.rows() == 0)) {
                throw Problem.conflict(
                        "nothing_to_export",
                        format.word() + " has no row for any of the " + leftOut
                                + " labelled tasks: nobody won, or what is said of them contradicts itself. Export as parquet"
                                + (options.ties() != Ties.SPLIT && format.ties().contains(Ties.SPLIT)
                                        ? ", or with ties=split."
                                        : "."));
            }
            var texts = new DatasetTexts(facts, options, data.modelFailed(), leftOut);
            for (var document : facts.protocols()) {
                archive.text("protocols/" + document.protocol().reference() + ".yaml", document.text());
            }
            archive.text("README.md", new DatasetCard(texts, archive.files()).text());
            archive.text(
                    "croissant.json",
                    new CroissantDocument(texts, archive, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).text());
            return new Written(archive.rows(), leftOut);
        }
    }
}
