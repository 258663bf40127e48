package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.image.ImageIntake;
import org.diptych.service.image.ImageStaging;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports items from a manifest into a campaign, row by row in bounded memory. Importing the same manifest again changes
 * nothing; a bad row never stops the good ones unless strictness is asked for.
 */
@Service
public class CampaignImport {
    private static final String USUAL_PROTOCOL = "edit-preference-v1";

    /** Bytes a second, on the average, of which an upload has to send more. */
    private static final int SLOWEST = 4_000;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Campaigns campaigns;
    private final CampaignService service;
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final ItemWriter writer;
    private final ImageIntake intake;
    private final StagingFolder stagingFolder;
    private final ImportLimits limits;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final AtomicInteger underWay = new AtomicInteger();

    CampaignImport(
            Campaigns campaigns,
            CampaignService service,
            CampaignAccess access,
            ProtocolService protocols,
            ItemWriter writer,
            ImageIntake intake,
            StagingFolder stagingFolder,
            ImportLimits limits,
            AuditLog audit,
            PlatformTransactionManager transactionManager) {
        this.campaigns = campaigns;
        this.service = service;
        this.access = access;
        this.protocols = protocols;
        this.writer = writer;
        this.intake = intake;
        this.stagingFolder = stagingFolder;
        this.limits = limits;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /**
     * Imports a ZIP archive of a folder with {@value ManifestSource#MANIFEST} from a stream, of which at most the
     * permitted number of bytes is read.
     *
     * @throws Problem {@code invalid_archive}, or as {@link #importFrom} says
     */
    public ImportReport importArchive(SignedIn lead, ImportRequest request, InputStream archive) throws IOException {
        // before anything is written: a stranger must not be able to fill the disk
        requireAllowed(lead, request);
        var file = stage(archive);
        try {
            return importArchive(lead, request, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Takes in an archive that is to be translated before it is imported. At most the permitted number of bytes is read.
     *
     * @return where it lies; the caller deletes it
     * @throws Problem {@code archive_too_large}, or as {@link #importFrom} says
     */
    public Path receive(SignedIn lead, ImportRequest request, InputStream archive) throws IOException {
        requireAllowed(lead, request);
        return stage(archive);
    }

    /** The same where nothing is to be imported. */
    public Path receive(SignedIn lead, InputStream archive) throws IOException {
        CampaignService.requireCreator(lead);
        return stage(archive);
    }

    /**
     * Takes in an archive or a manifest that is to lie until its maker comes back.
     *
     * @param file where it goes, as {@link StagingFolder#kept} has it
     * @return its size in bytes
     * @throws Problem {@code not_a_lead} or {@code archive_too_large}
     */
    public long keep(SignedIn lead, InputStream upload, Path file) throws IOException {
        CampaignService.requireCreator(lead);
        return Files.size(stage(upload, file));
    }

    private Path stage(InputStream archive) throws IOException {
        return stage(archive, stagingFolder.newPath());
    }

    private Path stage(InputStream archive, Path file) throws IOException {
        boolean complete = false;
        try (var output = Files.newOutputStream(file)) {
            copy(archive, output);
            complete = true;
            return file;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Imports a ZIP archive of a folder with {@value ManifestSource#MANIFEST}. */
    public ImportReport importArchive(SignedIn lead, ImportRequest request, Path archive) throws IOException {
        try (var source = ArchiveSource.open(archive, limits)) {
            return importFrom(lead, request, source, _ -> {});
        }
    }

    /** Imports a folder with {@value ManifestSource#MANIFEST}, or a manifest file with its pictures beside it. */
    public ImportReport importFolder(SignedIn lead, ImportRequest request, Path folderOrManifest) throws IOException {
        try (var source = ManifestSource.folder(folderOrManifest)) {
            return importFrom(lead, request, source, _ -> {});
        }
    }

    /**
     * Imports a manifest.
     *
     * @param lead who imports; they become the first lead of a campaign that is created
     * @param taken hears the id of every item that is in the campaign now, or would be
     * @throws Problem {@code not_a_lead} or {@code not_a_member}, {@code invalid_name}, {@code invalid_settings}, {@code unknown_protocol},
     *     {@code protocol_differs}, {@code labels_per_pair_differs}, {@code campaign_closed}. What is wrong with single
     *     rows is in the report
     * @throws IOException when the source, the staging folder or the object store fails; batches of rows that were
     *     written before stay, and the same import can be run again
     */
    public ImportReport importFrom(SignedIn lead, ImportRequest request, ManifestSource source, Consumer<String> taken)
            throws IOException {
        var wanted = requireAllowed(lead, request);
        var mode = request.dryRun()
                ? ImportTarget.Mode.DRY
                : request.strict() ? ImportTarget.Mode.STRICT : ImportTarget.Mode.BATCHES;
        var target = new ImportTarget(
                mode,
                writer,
                transactions,
                () -> campaigns.findByName(wanted.name()),
                () -> service.createCampaign(lead, wanted),
                (campaign, items) -> audit.write(
                        AuditAction.CAMPAIGN_IMPORTED, lead.id(), campaign.id(), null, null, Map.of("items", items)));
        var protocol = protocols.byReference(wanted.protocol()).protocol();
        underWay.incrementAndGet();
        try (var manifest = ManifestReader.of(source.manifest(), limits, protocol);
                var staging = intake.openStaging();
                var images = new RowImages(source, intake, staging)) {
            var run = new ImportRun(manifest, images, staging, target, request.strict(), limits, line -> {}, taken);
            return mode == ImportTarget.Mode.STRICT
                    ? allOrNothing(run, staging, wanted.name())
                    : report(read(run), request, wanted.name());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            underWay.decrementAndGet();
        }
    }

    /**
     * Reads pairs without importing them.
     *
     * @param lead who asks
     * @param campaign that they are to go into; null for one that is not there yet
     * @param protocol reference of the protocol that known answers must fit; that of the campaign where it is there
     * @param progress hears the number of the line that it has come to
     * @throws Problem {@code not_a_member}, {@code unknown_protocol} or {@code invalid_archive}
     */
    public CheckedPairs check(
            SignedIn lead, @Nullable UUID campaign, String protocol, ManifestSource source, LongConsumer progress)
            throws IOException {
        CampaignService.requireCreator(lead);
        var answers = protocol;
        if (campaign != null) {
            access.requireLead(lead, campaign);
            answers = referenceOf(campaigns.findById(campaign).orElseThrow());
        }
        var target = new ImportTarget(
                ImportTarget.Mode.DRY,
                writer,
                transactions,
                () -> campaign == null ? Optional.empty() : campaigns.findById(campaign),
                () -> {
                    throw new IllegalStateException("a check creates nothing");
                },
                (_, _) -> {});
        return reading(source, answers, target, progress, (tally, _) -> checked(tally, null, true));
    }

    /**
     * Imports into a campaign all rows that can be imported, in the caller's transaction: all of them, or none. Pictures
     * are published before it returns; where the transaction is rolled back afterwards, nothing refers to them. Until
     * then, the campaign can be paused and changed; a change of what decides how pairs are written stops the import.
     *
     * @param progress hears the number of the line that it has come to
     * @param agreed hears what was read before any picture is published, and may refuse it
     * @throws Problem {@code not_a_member}, {@code campaign_closed}, {@code campaign_changed} or {@code invalid_archive}
     */
    public CheckedPairs importWhole(
            SignedIn lead, UUID campaign, ManifestSource source, LongConsumer progress, Consumer<CheckedPairs> agreed)
            throws IOException {
        access.requireLead(lead, campaign);
        var found = campaigns.findById(campaign).orElseThrow();
        requireOpen(found);
        var terms = writer.terms(campaign);
        var target = new ImportTarget(
                ImportTarget.Mode.WHOLE, writer, transactions, () -> Optional.of(found), () -> found, (_, _) -> {});
        return reading(source, referenceOf(found), target, progress, (tally, staging) -> {
            var imported = checked(tally, found, false);
            agreed.accept(imported);
            requireUnchanged(terms, campaign);
            writer.keepReferred(campaign, staging);
            staging.publish();
            writer.hold(campaign);
            requireUnchanged(terms, campaign);
            audit.write(
                    AuditAction.CAMPAIGN_IMPORTED,
                    lead.id(),
                    campaign,
                    null,
                    null,
                    Map.of("items", imported.report().items()));
            return imported;
        });
    }

    private void requireUnchanged(ItemWriter.Terms before, UUID campaign) {
        if (!writer.terms(campaign).equals(before)) {
            throw Problem.conflict(
                    "campaign_changed",
                    "The campaign was closed, or its protocol or its numbers of labels were changed, while the pairs were"
                            + " read. Nothing was written. Start again.");
        }
    }

    /**
     * Requires that pairs can go into a campaign.
     *
     * @throws Problem {@code not_a_member} or {@code campaign_closed}
     */
    public void requireOpen(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        requireOpen(campaigns.findById(campaign).orElseThrow());
    }

    private String referenceOf(Campaign campaign) {
        return protocols.bySha256(campaign.protocolSha256()).protocol().reference();
    }

    private static CheckedPairs checked(ImportTally tally, @Nullable Campaign campaign, boolean dryRun) {
        var report = campaign == null
                ? tally.report(null, "", dryRun)
                : tally.report(campaign.id(), campaign.name(), dryRun);
        return new CheckedPairs(report, tally.contents());
    }

    /** What becomes of pairs that were read. */
    private interface Ending {
        CheckedPairs of(ImportTally tally, ImageStaging staging) throws IOException;
    }

    private CheckedPairs reading(
            ManifestSource source, String protocol, ImportTarget target, LongConsumer progress, Ending ending)
            throws IOException {
        var answers = protocols.byReference(protocol).protocol();
        underWay.incrementAndGet();
        try (var manifest = ManifestReader.of(source.manifest(), limits, answers);
                var staging = intake.openStaging();
                var images = new RowImages(source, intake, staging)) {
            var run = new ImportRun(manifest, images, staging, target, false, limits, progress, _ -> {});
            return ending.of(read(run), staging);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void requireOpen(Campaign campaign) {
        if (campaign.state() == CampaignState.CLOSED) {
            throw Problem.conflict("campaign_closed", "Campaign " + campaign.name() + " is closed. Open it to import.");
        }
    }

    /** Whether this process imports at the moment; background work then leaves it the processors. */
    public boolean isUnderWay() {
        return underWay.get() > 0;
    }

    private ImportReport allOrNothing(ImportRun run, ImageStaging staging, String name) {
        return Objects.requireNonNull(transactions.execute(status -> {
            try {
                var tally = read(run);
                if (tally.hasProblems()) {
                    status.setRollbackOnly();
                    return tally.refusal(null, name, false);
                }
                staging.publish();
                return tally.report(campaigns.findByName(name).map(Campaign::id).orElse(null), name, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private ImportReport report(ImportTally tally, ImportRequest request, String name) {
        var campaign = campaigns.findByName(name).map(Campaign::id).orElse(null);
        return request.strict() && tally.hasProblems()
                ? tally.refusal(campaign, name, request.dryRun())
                : tally.report(campaign, name, request.dryRun());
    }

    private static ImportTally read(ImportRun run) throws IOException {
        try {
            return run.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the import was interrupted").initCause(e);
        }
    }

    /** Checks the request against the campaign, or against what a new campaign needs. */
    private NewCampaign requireAllowed(SignedIn lead, ImportRequest request) {
        var name = CampaignService.checkedName("campaign", request.campaign());
        var labels = request.labelsPerPair();
        var protocol = request.protocol();
        var existing = campaigns.findByName(name);
        if (existing.isEmpty()) {
            CampaignService.requireCreator(lead);
            var reference = protocols
                    .byReference(protocol == null ? USUAL_PROTOCOL : protocol)
                    .protocol()
                    .reference();
            var settings = CampaignSettings.DEFAULT;
            return new NewCampaign(name, reference, labels == null ? settings : settings.withLabelsPerPair(labels));
        }
        var campaign = existing.get();
        if (!access.mayKnow(lead, campaign.id())) {
            // as for a name that is free, and a lead has to learn that this one is not
            CampaignService.requireCreator(lead);
            throw CampaignService.nameTaken(name);
        }
        access.requireLead(lead, campaign.id());
        var own = protocols.bySha256(campaign.protocolSha256()).protocol().reference();
        if (protocol != null
                && !protocols.byReference(protocol).protocol().sha256().equals(campaign.protocolSha256())) {
            throw Problem.conflict(
                    "protocol_differs",
                    "Campaign " + name + " is under protocol " + own + ", which cannot change. Import into another.");
        }
        if (labels != null && !campaign.settings().withLabelsPerPair(labels).equals(campaign.settings())) {
            throw Problem.conflict(
                    "labels_per_pair_differs",
                    "Campaign " + name + " asks for other numbers of labels. Change its settings, or leave them out.");
        }
        requireOpen(campaign);
        return new NewCampaign(name, own, campaign.settings());
    }

    private void copy(InputStream archive, OutputStream output) throws IOException {
        var buffer = new byte[1 << 16];
        var total = 0L;
        var begun = System.nanoTime();
        for (var length = archive.read(buffer); length >= 0; length = archive.read(buffer)) {
            total += length;
            if (total > limits.maximumArchiveBytes()) {
                throw Problem.invalid(
                        "archive_too_large",
                        "body",
                        "The archive has more than " + limits.maximumArchiveBytes() + " bytes. Send it in parts.");
            }
            requirePace(total, Duration.ofNanos(System.nanoTime() - begun));
            output.write(buffer, 0, length);
        }
    }

    /** Whoever sends a byte now and then would hold a connection, a thread and a file for ever. */
    static void requirePace(long bytes, Duration taken) {
        if (taken.compareTo(PATIENCE) > 0 && bytes < taken.toSeconds() * SLOWEST) {
            throw Problem.of(
                    HttpStatus.REQUEST_TIMEOUT,
                    "upload_too_slow",
                    "Less than " + SLOWEST / 1000
                            + " KB a second came in. Send the archive over a better connection, or in" + " parts.");
        }
    }
}
