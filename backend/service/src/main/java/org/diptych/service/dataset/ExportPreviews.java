package org.diptych.service.dataset;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.database.Streaming;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says what an export would be, by writing it to nowhere: of a small campaign all of it, of a large one a sample of its
 * pairs. So it takes some seconds at most however many labels there are.
 */
@Service
public class ExportPreviews {
    private static final int ROWS = 10;
    /** Labels that are looked at; of more there is a sample of about so many. */
    private static final long MOST_LABELS = 20_000;

    private static final int AT_ONCE = 2;
    /** For the whole; and a statement that is begun at the last moment may take as long once more. */
    private static final int PATIENCE_SECONDS = 20;
    /** A campaign with this share of all labels lies in enough of the table's pages to draw pages. */
    private static final double MANY = 0.2;

    private final CampaignAccess access;
    private final CampaignCounts counts;
    private final CampaignProtocols protocols;
    private final ExportService exports;
    private final ExportSize size;
    private final LabelledTasks tasks;
    private final Streaming streaming;
    private final JdbcClient jdbc;
    private final Semaphore free = new Semaphore(AT_ONCE);

    ExportPreviews(
            CampaignAccess access,
            CampaignCounts counts,
            CampaignProtocols protocols,
            ExportService exports,
            ExportSize size,
            LabelledTasks tasks,
            Streaming streaming,
            JdbcClient jdbc) {
        this.access = access;
        this.counts = counts;
        this.protocols = protocols;
        this.exports = exports;
        this.size = size;
        this.tasks = tasks;
        this.streaming = streaming;
        this.jdbc = jdbc;
    }

    /** The first rows and the counts. */
    public ExportPreview of(SignedIn who, UUID campaign, ExportWish wish) {
        return of(who, campaign, wish, () -> true);
    }

    /**
     * The first rows and the counts.
     *
     * @param wanted whether somebody still waits for them
     * @throws CancellationException when nobody does
     */
    public ExportPreview of(SignedIn who, UUID campaign, ExportWish wish, BooleanSupplier wanted) {
        access.requireLead(who, campaign);
        exports.requirePossible(campaign, wish.wanted(), wish.options());
        if (!free.tryAcquire()) {
            throw Problem.tooMany("busy", "Other previews keep this server busy. Try again in some seconds.");
        }
        try {
            long labels = counts.of(campaign).labels();
            var sample = labels <= MOST_LABELS ? null : sample(campaign, labels);
            long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
            return Streaming.watched(() -> requireTime(end, wanted), () -> look(campaign, wish, sample));
        } catch (QueryTimeoutException late) {
            throw Problem.conflict(
                    "preview_too_long",
                    "The database was too busy for a preview. Try again later, or start the export without one.");
        } finally {
            free.release();
        }
    }

    private static void requireTime(long end, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("nobody waits for this preview any more");
        }
        if (System.nanoTime() - end > 0) {
            throw new QueryTimeoutException("the statements of a preview took too long together");
        }
    }

    private PairSample sample(UUID campaign, long labels) {
        long all = jdbc.sql("SELECT reltuples::bigint FROM pg_class WHERE oid = 'label'::regclass")
                .query(Long.class)
                .single();
        return new PairSample(campaign, 100.0 * MOST_LABELS / labels, labels >= MANY * all);
    }

    /** @param some the labelled pairs that are looked at; null for all */
    ExportPreview look(UUID campaign, ExportWish wish, @Nullable PairSample some) {
        var asked = wish.options();
        // cut into parts it would be read once for each of them: the parts are counted on the way
        var options = new ExportOptions(
                some == null ? asked.filter() : asked.filter().of(some),
                Split.NONE,
                asked.consensus(),
                asked.names(),
                asked.ties(),
                asked.licence());
        var pictures = new CountedPictures();
        var sample = new RowSample(ROWS);
        return streaming.asOfOneMoment(() -> {
            jdbc.sql("SET LOCAL statement_timeout = '" + PATIENCE_SECONDS + "s'")
                    .update();
            var data = new Dataset(campaign, protocols.current(campaign), options, streaming, tasks, pictures::empty);
            var stream = new HeadStream();
            var written = wish.wanted().isFolder()
                    ? folder(data, wish.wanted(), stream, sample)
                    : plain(campaign, wish.wanted(), options, stream, sample);
            var seen = new Seen(data, asked.split());
            double scale = some == null ? 1 : 100 / some.percent();
            double bytes = stream.length() + pictures.count * size.pictureBytes(campaign);
            return new ExportPreview(
                    sample.rows(),
                    some != null,
                    scaled(wish.wanted() == ExportFormat.JSONL ? written.rows() : seen.labels, scale),
                    scaled(seen.tasks, scale),
                    scaled(written.rows(), scale),
                    scaled(seen.undecided, scale),
                    reasons(wish.wanted(), options.ties(), seen, written.leftOut(), scale),
                    scaled(Math.round(bytes), scale),
                    seen.parts(scale),
                    seen.shared());
        });
    }

    private static Written folder(Dataset data, ExportFormat format, HeadStream stream, RowSample sample) {
        try (var archive = new Archive(stream, sample)) {
            long leftOut = format.dataset().write(data, archive);
            return new Written(archive.rows(), leftOut);
        }
    }

    private Written plain(
            UUID campaign, ExportFormat format, ExportOptions options, HeadStream stream, RowSample sample) {
        var written = exports.write(campaign, format, options, sample.head());
        stream.skip(sample.head().length());
        return written;
    }

    private static Map<ExportPreview.Reason, Long> reasons(
            ExportFormat format, Ties ties, Seen seen, long leftOut, double scale) {
        var reasons = new EnumMap<ExportPreview.Reason, Long>(ExportPreview.Reason.class);
        boolean drops = ties == Ties.DROP || (format.dropsTies() && ties != Ties.SPLIT);
        long left = leftOut;
        long onePicture = Math.min(left, seen.onePicture);
        left -= onePicture;
        long nobody = drops ? Math.min(left, seen.undecided - seen.undecidedOnePicture) : 0;
        left -= nobody;
        put(reasons, ExportPreview.Reason.NOBODY_WON, nobody, scale);
        put(reasons, ExportPreview.Reason.ONE_PICTURE, onePicture, scale);
        put(reasons, ExportPreview.Reason.CONTRADICTION, left, scale);
        return reasons;
    }

    private static void put(
            Map<ExportPreview.Reason, Long> reasons, ExportPreview.Reason reason, long count, double scale) {
        if (count > 0) {
            reasons.put(reason, scaled(count, scale));
        }
    }

    private static long scaled(long count, double scale) {
        return Math.round((double) count * scale);
    }

    /** Stands for pictures, which are not read for a preview. */
    private static final class CountedPictures {
        private static final byte[] NOTHING = {};
        private long count;

        private byte[] empty(String sha256) {
            count++;
            return NOTHING;
        }
    }

    /** The tasks, counted. */
    private static final class Seen {
        private final Map<String, Long> tasksOf = new LinkedHashMap<>();
        private final Map<String, Set<String>> sourcesOf = new HashMap<>();
        private long labels;
        private long tasks;
        private long undecided;
        private long onePicture;
        private long undecidedOnePicture;

        Seen(Dataset data, Split split) {
            split.parts().forEach(part -> tasksOf.put(part, 0L));
            for (var whole : data.options().split().parts()) {
                data.each(whole, (task, outcome) -> see(split.part(task.task().source()), task, outcome));
            }
        }

        private void see(String part, LabelledTask task, Outcome outcome) {
            boolean isOne = task.task().isOfOnePicture();
            tasks++;
            labels += task.labels().size();
            undecided += outcome.decided() ? 0 : 1;
            onePicture += isOne ? 1 : 0;
            undecidedOnePicture += isOne && !outcome.decided() ? 1 : 0;
            tasksOf.merge(part, 1L, Long::sum);
            sourcesOf
                    .computeIfAbsent(task.task().source(), _ -> new HashSet<>())
                    .add(part);
        }

        private Map<String, Long> parts(double scale) {
            var parts = new LinkedHashMap<String, Long>();
            tasksOf.forEach((part, count) -> parts.put(part, scaled(count, scale)));
            return parts;
        }

        private long shared() {
            return sourcesOf.values().stream().filter(parts -> parts.size() > 1).count();
        }
    }
}
