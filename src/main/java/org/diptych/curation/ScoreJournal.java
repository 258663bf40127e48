package org.diptych.curation;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scores of a set, written row by row as they come: a line of JSON each, after one that says of what they are scores.
 * A run that was interrupted goes on behind the last whole line.
 */
public final class ScoreJournal implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private final List<BitSet> done = new ArrayList<>();

    private ScoreJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /**
     * Of what they are scores.
     *
     * @param format of the file
     * @param inputs SHA-256 of each input
     * @param model SHA-256 of the reward model
     */
    public record Heading(String format, List<String> inputs, String model) {
        private static final String FORMAT = "diptych scores 1, fingerprints of " + Fingerprint.BITS + " bits";

        public Heading {
            inputs = List.copyOf(inputs);
        }

        /** A heading of today's format. */
        public static Heading of(List<String> inputs, String model) {
            return new Heading(FORMAT, inputs, model);
        }
    }

    /** There are scores of something else, or another run writes them; the message says which. */
    public static final class OtherScoresException extends Exception {
        private static final long serialVersionUID = 1L;

        OtherScoresException(String message) {
            super(message);
        }
    }

    /** Opens the scores that are there, or begins. */
    public static ScoreJournal open(Path file, Heading heading) throws IOException, OtherScoresException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new OtherScoresException("another run is writing them");
            }
            var journal = new ScoreJournal(file, channel);
            heading.inputs().forEach(input -> journal.done.add(new BitSet()));
            journal.begin(heading);
            return journal;
        } catch (IOException | OtherScoresException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Keeps what is whole; rows with faults are looked at again, for somebody may have mended them. */
    private void begin(Heading heading) throws IOException, OtherScoresException {
        var kept = Files.createTempFile(
                Objects.requireNonNull(file.toAbsolutePath().getParent()), Curation.DRAFT, "");
        try {
            boolean asItIs = copyWhole(kept, heading);
            if (!asItIs) {
                try (var whole = FileChannel.open(kept)) {
                    channel.truncate(0);
                    channel.transferFrom(whole, 0, whole.size());
                }
            }
            channel.position(channel.size());
            if (channel.size() == 0) {
                write(heading);
            }
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    /** Whether nothing had to be left out. */
    private boolean copyWhole(Path target, Heading heading) throws IOException, OtherScoresException {
        long length = 0;
        boolean first = true;
        // a letter may be torn in two
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
                var copy = new BufferedOutputStream(Files.newOutputStream(target))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
                if (length + bytes.length <= channel.size() && take(line, first, heading)) {
                    copy.write(bytes);
                    length += bytes.length;
                }
                first = false;
            }
        }
        return length == channel.size();
    }

    /** Whether a line is worth keeping; one that was torn off counts for nothing. */
    private boolean take(String line, boolean first, Heading heading) throws OtherScoresException {
        try {
            if (first) {
                require(JSON.readValue(line, Heading.class), heading);
            } else {
                var row = JSON.readValue(line, ScoredRow.class);
                if (!row.faults().isEmpty()) {
                    return false;
                }
                done.get(row.input()).set(Math.toIntExact(row.row()));
            }
            return true;
        } catch (JacksonException | IndexOutOfBoundsException torn) {
            if (first) {
                throw new OtherScoresException("it is no file of scores");
            }
            return false;
        }
    }

    private static void require(Heading found, Heading wanted) throws OtherScoresException {
        if (!wanted.format().equals(found.format())) {
            throw new OtherScoresException("they are of another version of Diptych");
        }
        if (!wanted.model().equals(found.model())) {
            throw new OtherScoresException("they are by another model (" + found.model() + ")");
        }
        if (!wanted.inputs().equals(found.inputs())) {
            throw new OtherScoresException("they are of another input, or of other columns of it");
        }
    }

    /** Whether a row has been scored. */
    public boolean has(int input, long row) {
        return done.get(input).get(Math.toIntExact(row));
    }

    /** How many rows have been scored. */
    public long rows() {
        return done.stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Adds rows; they are in the file when this returns. */
    public void add(List<ScoredRow> rows) throws IOException {
        for (var row : rows) {
            write(row);
            done.get(row.input()).set(Math.toIntExact(row.row()));
        }
        out.flush();
    }

    private void write(Object line) throws IOException {
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
        out.flush();
    }

    /** Hears of rows. */
    public interface Visitor {
        void row(ScoredRow row) throws IOException;
    }

    /** Tells all rows, in the order in which they were scored. */
    public void forEach(Visitor visitor) throws IOException {
        try (var stream = Files.newBufferedReader(file)) {
            stream.readLine();
            for (var line = stream.readLine(); line != null; line = stream.readLine()) {
                visitor.row(JSON.readValue(line, ScoredRow.class));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
