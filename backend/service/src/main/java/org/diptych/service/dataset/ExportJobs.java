package org.diptych.service.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Exports that a worker makes: asked for, followed, taken, cancelled and deleted by the leads of a campaign. */
@Service
@Transactional
public class ExportJobs {
    /** A page or an answer names at most so many. */
    public static final int MOST_LISTED = 100;

    private static final Logger log = LoggerFactory.getLogger(ExportJobs.class);

    private final ExportTable table;
    private final ExportService exports;
    private final CampaignAccess access;
    private final AuditLog audit;
    private final ObjectStore store;
    private final ExportSettings settings;

    ExportJobs(
            ExportTable table,
            ExportService exports,
            CampaignAccess access,
            AuditLog audit,
            ObjectStore store,
            ExportSettings settings) {
        this.table = table;
        this.exports = exports;
        this.access = access;
        this.audit = audit;
        this.store = store;
        this.settings = settings;
    }

    /** Asks for an export. */
    public DatasetExport request(SignedIn who, UUID campaign, ExportWish wish) {
        access.requireLead(who, campaign);
        var format = wish.wanted();
        var options = wish.options();
        exports.requirePossible(campaign, format, options);
        if (table.live(campaign) >= settings.waiting()) {
            throw Problem.tooMany(
                    "too_many_exports",
                    settings.waiting()
                            + " exports of this campaign wait or are being written. Wait until one has ended, or"
                            + " cancel one.");
        }
        var id = table.add(campaign, wish, who.id());
        var made = table.find(campaign, id).orElseThrow();
        audit.write(
                AuditAction.EXPORT_REQUESTED,
                who.id(),
                campaign,
                subject(made),
                null,
                ExportRecord.entry(format, options));
        return made;
    }

    /** The latest exports of the campaign, the last one first. */
    @Transactional(readOnly = true)
    public List<DatasetExport> list(SignedIn who, UUID campaign, int most) {
        access.requireLead(who, campaign);
        return table.list(campaign, Math.min(most, MOST_LISTED));
    }

    /** One export. */
    @Transactional(readOnly = true)
    public DatasetExport find(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        return known(campaign, id);
    }

    /** An export whose file can be taken. */
    @Transactional(readOnly = true)
    public DatasetExport finished(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        var export = known(campaign, id);
        if (export.state() == DatasetExport.State.EXPIRED) {
            throw Problem.conflict(
                    "export_expired", "The file of this export was deleted: its time is over. Start the export again.");
        }
        if (export.state() != DatasetExport.State.FINISHED) {
            throw Problem.conflict(
                    "export_unfinished",
                    export.state().ended()
                            ? "This export has no file: it was not finished. Start it again."
                            : "This export is not finished yet. Ask again when its state is FINISHED.");
        }
        return export;
    }

    /** Checks that the file of a finished export is there. */
    @Transactional(readOnly = true)
    void requireFile(DatasetExport export) {
        stored(export);
    }

    /**
     * Opens the file of a finished export, and writes down who has it.
     *
     * @return these bytes of it, which the caller closes
     */
    InputStream take(SignedIn who, UUID campaign, DatasetExport export, FileRange range) {
        access.requireLead(who, campaign);
        var entry = new LinkedHashMap<String, @Nullable Object>(
                ExportRecord.entry(export.wish().wanted(), export.wish().options()));
        entry.put("sha256", export.sha256());
        if (range.partial()) {
            entry.put("range", range.words(Objects.requireNonNull(export.bytes())));
        }
        audit.write(AuditAction.DATASET_EXPORTED, who.id(), campaign, subject(export), null, entry);
        try {
            // once it is open, nobody who deletes it takes it away
            return new FileSlice(stored(export).getInputStream(), range);
        } catch (IOException gone) {
            throw missing();
        }
    }

    private Resource stored(DatasetExport export) {
        return table.object(export.id())
                .flatMap(object -> store.find(ExportWork.key(object)))
                .orElseThrow(ExportJobs::missing);
    }

    private static Problem missing() {
        return Problem.conflict(
                "export_missing",
                "The file of this export is not in the store; a backup holds none. Start the export again.");
    }

    /** Stops an export that waits or is being written. */
    public void cancel(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        var export = known(campaign, id);
        if (!table.cancel(campaign, id)) {
            if (known(campaign, id).state().ended()) {
                throw Problem.conflict("export_ended", "This export has ended already.");
            }
            // somebody has asked for it already
            return;
        }
        audit.write(AuditAction.EXPORT_CANCELLED, who.id(), campaign, subject(export), null, null);
    }

    /** Deletes an export that has ended, and its file. */
    public void delete(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        var export = known(campaign, id);
        var object = table.delete(campaign, id)
                .orElseThrow(() ->
                        Problem.conflict("export_running", "This export waits or is being written. Cancel it first."));
        audit.write(AuditAction.EXPORT_DELETED, who.id(), campaign, subject(export), null, null);
        if (!object.isEmpty()) {
            // the row may still come back, and its file would not
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    deleteFile(object);
                }
            });
        }
    }

    private void deleteFile(String object) {
        try {
            store.delete(ExportWork.key(object));
        } catch (IOException e) {
            log.warn("the file of an export stays, and nothing speaks of it: {}", object, e);
        }
    }

    private DatasetExport known(UUID campaign, UUID id) {
        return table.find(campaign, id)
                .orElseThrow(() -> Problem.notFound("unknown_export", "There is no export " + id + "."));
    }

    private static String subject(DatasetExport export) {
        return String.valueOf(export.number());
    }
}
