package org.diptych.service.draft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.diptych.service.account.NewAccount;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.PairSources;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.IfMatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Campaigns to be. A draft is its maker's alone; administrators see all. What is not touched for two weeks is forgotten,
 * with the pairs that were sent for it.
 */
@Service
public class CampaignDrafts {
    static final Duration KEPT = Duration.ofDays(14);
    private static final int MOST_OF_ONE = 20;
    private static final Logger log = LoggerFactory.getLogger(CampaignDrafts.class);

    private final DraftTable table;
    private final DraftWork work;
    private final DraftChecks checks;
    private final LaunchPasswords passwords;
    private final CampaignImport imports;
    private final PairSources sources;
    private final StagingFolder staging;
    private final AuditLog audit;
    private final Clock clock;
    private final TransactionTemplate transactions;

    CampaignDrafts(
            DraftTable table,
            DraftWork work,
            DraftChecks checks,
            LaunchPasswords passwords,
            CampaignImport imports,
            PairSources sources,
            StagingFolder staging,
            AuditLog audit,
            Clock clock,
            PlatformTransactionManager transactionManager) {
        this.table = table;
        this.work = work;
        this.checks = checks;
        this.passwords = passwords;
        this.imports = imports;
        this.sources = sources;
        this.staging = staging;
        this.audit = audit;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /**
     * Drafts that have not become campaigns, or have made accounts whose first passwords nobody has seen yet; latest first,
     * without what was found in their pairs: one's own, or all for an administrator.
     */
    public List<CampaignDraft> list(SignedIn lead) {
        return table.open(lead);
    }

    /**
     * A draft.
     *
     * @throws Problem {@code unknown_draft}: it is not there, or somebody else's
     */
    public CampaignDraft get(SignedIn lead, UUID id) {
        return table.find(lead, id).orElseThrow(CampaignDrafts::unknown);
    }

    /** Folders of the server from which pairs can come; null where there can be none. */
    public @Nullable List<String> folders(SignedIn lead) throws IOException {
        CampaignService.requireCreator(lead);
        return sources.hasFolders() ? sources.folders() : null;
    }

    /**
     * Begins a draft.
     *
     * @throws Problem {@code not_a_lead}, {@code too_many_drafts}, or what {@link #save} refuses
     */
    public CampaignDraft create(SignedIn lead, DraftChoices choices) {
        CampaignService.requireCreator(lead);
        checks.requireStorable(lead, choices);
        if (table.count(lead.id()) >= MOST_OF_ONE) {
            throw Problem.conflict(
                    "too_many_drafts",
                    "You have " + MOST_OF_ONE + " drafts. Launch or discard one, then begin another.");
        }
        var id = Objects.requireNonNull(transactions.execute(_ -> {
            var made = table.insert(lead.id(), choices);
            audit.write(AuditAction.DRAFT_CREATED, lead.id(), null, choices.name(), null, null);
            return made;
        }));
        return get(lead, id);
    }

    /**
     * Keeps what has been chosen. Where the pairs have to be read again for it, that begins.
     *
     * @param read {@linkplain CampaignDraft#tag() tags} of which one must still hold; empty for any
     * @throws Problem {@code changed_meanwhile}, {@code draft_at_work}, {@code draft_launched}; {@code invalid_settings},
     *     {@code invalid_name} or {@code unknown_protocol} with the field
     */
    @Unaudited("a draft concerns nobody but its maker until it is launched")
    public CampaignDraft save(SignedIn lead, UUID id, Set<String> read, DraftChoices choices) {
        checks.requireStorable(lead, choices);
        var attempt = Objects.requireNonNull(transactions.execute(_ -> {
            var draft = requireEditable(lead, id, read);
            table.choose(id, choices);
            boolean stale = draft.source() != null
                    && !choices.checkedFor().equals(draft.choices().checkedFor());
            return stale ? Optional.of(table.begin(id, Work.CHECKING)) : Optional.<UUID>empty();
        }));
        table.file(id).ifPresent(this::touch);
        attempt.ifPresent(begun -> work.check(lead, id, begun));
        return get(lead, id);
    }

    /**
     * Takes in an archive, or a manifest whose pictures lie in a folder of the server, and begins to check it.
     *
     * @param name of the file, as its sender knows it
     * @param pictures folder of the server; null for an archive
     * @throws Problem as {@link #save} and {@link CampaignImport#keep} say
     */
    public CampaignDraft bring(
            SignedIn lead, UUID id, Set<String> read, String name, @Nullable String pictures, InputStream upload)
            throws IOException {
        // before anything is written: a stranger must not be able to fill the disk
        transactions.executeWithoutResult(_ -> requireEditable(lead, id, read));
        staging.forgetKept(clock.instant().minus(KEPT));
        var file = UUID.randomUUID();
        boolean kept = false;
        try {
            imports.keep(lead, upload, staging.kept(file));
            var draft = bring(lead, id, read, name.strip(), file, pictures);
            kept = true;
            return draft;
        } finally {
            if (!kept) {
                forget(file);
            }
        }
    }

    /**
     * Takes the pairs of a folder of the server and begins to check them.
     *
     * @throws Problem {@code unknown_folder}, {@code no_manifest}, or as {@link #save} says
     */
    public CampaignDraft bring(SignedIn lead, UUID id, Set<String> read, String folder) throws IOException {
        CampaignService.requireCreator(lead);
        sources.folder(folder).close();
        return bring(lead, id, read, null, null, folder);
    }

    private CampaignDraft bring(
            SignedIn lead,
            UUID id,
            Set<String> read,
            @Nullable String name,
            @Nullable UUID file,
            @Nullable String folder) {
        var before = new AtomicReference<@Nullable UUID>();
        var attempt = Objects.requireNonNull(transactions.execute(_ -> {
            var draft = requireEditable(lead, id, read);
            before.set(table.file(id).orElse(null));
            table.bring(id, name == null || name.isEmpty() ? file == null ? null : "pairs.zip" : name, file, folder);
            audit.write(
                    AuditAction.DRAFT_PAIRS, lead.id(), null, draft.choices().name(), null, null);
            return table.begin(id, Work.CHECKING);
        }));
        var earlier = before.get();
        if (earlier != null) {
            forget(earlier);
        }
        work.check(lead, id, attempt);
        return get(lead, id);
    }

    /** Reads the pairs again. */
    @Unaudited("reads only")
    public CampaignDraft check(SignedIn lead, UUID id, Set<String> read) {
        var attempt = Objects.requireNonNull(transactions.execute(_ -> {
            var draft = requireEditable(lead, id, read);
            if (draft.source() == null) {
                throw Problem.invalid("no_pairs", "pairs", "There are no pairs yet. Send an archive first.");
            }
            return table.begin(id, Work.CHECKING);
        }));
        work.check(lead, id, attempt);
        return get(lead, id);
    }

    /**
     * Makes the campaign, in the background: all of it, or nothing. {@link #get} tells how far it is and what came of it.
     *
     * @throws Problem {@code draft_at_work} or {@code draft_launched} where it was launched already; {@code no_pairs},
     *     {@code not_checked}, {@code invalid_name}, {@code name_taken}, {@code unknown_account} and the like
     */
    public CampaignDraft launch(SignedIn lead, UUID id, Set<String> read) {
        var attempt = Objects.requireNonNull(transactions.execute(_ -> {
            var draft = requireEditable(lead, id, read);
            if (draft.work() != Work.NONE) {
                throw atWork();
            }
            checks.requireLaunchable(lead, draft);
            audit.write(
                    AuditAction.DRAFT_LAUNCHED, lead.id(), null, draft.choices().name(), null, null);
            return table.begin(id, Work.LAUNCHING);
        }));
        work.launch(lead, id, attempt);
        return get(lead, id);
    }

    /**
     * The accounts that a launch has made, with their first passwords: handed out once, to who launched it, on the server
     * that did. Later a lead gives new passwords on the page of the members.
     */
    @Unaudited("the accounts were made by the launch")
    public List<NewAccount> passwords(SignedIn lead, UUID id) {
        var draft = get(lead, id);
        if (draft.work() != Work.LAUNCHED) {
            return List.of();
        }
        var made = passwords.handOut(lead.id(), id);
        // before they expire they may be waiting for somebody else, or on another server
        if (!made.isEmpty() || draft.changedAt().isBefore(clock.instant().minus(LaunchPasswords.KEPT))) {
            table.passwordsSeen(id);
        }
        return made;
    }

    /** Throws a draft away, with the pairs that were sent for it. */
    public void discard(SignedIn lead, UUID id) {
        var file = Objects.requireNonNull(transactions.execute(_ -> {
            var draft = requireEditable(lead, id, Set.of());
            var upload = table.file(id);
            table.delete(id);
            audit.write(
                    AuditAction.DRAFT_DISCARDED,
                    lead.id(),
                    null,
                    draft.choices().name(),
                    null,
                    null);
            return upload;
        }));
        file.ifPresent(this::forget);
    }

    /** Forgets what nobody has touched for two weeks. */
    public void forgetUntouched() {
        table.deleteUntouched(KEPT).forEach(this::forget);
    }

    private CampaignDraft requireEditable(SignedIn lead, UUID id, Set<String> read) {
        CampaignService.requireCreator(lead);
        var draft = table.lock(lead, id).orElseThrow(CampaignDrafts::unknown);
        if (draft.work() == Work.LAUNCHED) {
            throw Problem.conflict("draft_launched", "This draft has become a campaign already.");
        }
        if (draft.work() == Work.LAUNCHING) {
            throw atWork();
        }
        IfMatch.require(read, draft.tag());
        return draft;
    }

    private static Problem atWork() {
        return Problem.conflict(
                "draft_at_work", "This draft is being checked or launched. Wait until that is done, then try again.");
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_draft", "There is no such draft.");
    }

    /** The pairs of a draft that somebody works on are as young as it is. */
    private void touch(UUID file) {
        try {
            var path = staging.kept(file);
            if (Files.exists(path)) {
                Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
            }
        } catch (IOException e) {
            log.warn("the upload {} of a draft could not be dated", file, e);
        }
    }

    /** What cannot be deleted now goes with its age. */
    private void forget(UUID file) {
        try {
            Files.deleteIfExists(staging.kept(file));
        } catch (IOException e) {
            log.warn("the upload {} of a draft could not be deleted", file, e);
        }
    }
}
