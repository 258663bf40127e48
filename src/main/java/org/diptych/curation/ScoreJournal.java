package org.diptych.curation;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scores of a set, written row by row as they come: a line of JSON each, after one that says of what they are scores.
 * A run that was interrupted goes on behind the last whole line. Rows are told in the order of the inputs, whatever the order
 * in which they were scored.
 */
public final class ScoreJournal implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<Place> IN_ORDER =
            Comparator.comparingInt(Place::input).thenComparingLong(Place::row).thenComparingLong(Place::offset);

    private final FileChannel lock;
    private final FileChannel channel;
    private final @Nullable String replaced;
    private final List<BitSet> done = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    private ScoreJournal(FileChannel lock, FileChannel channel, int inputs, Found found) {
        this.lock = lock;
        this.channel = channel;
        this.replaced = found.replaced;
        for (int input = 0; input < inputs; input++) {
            done.add(new BitSet());
        }
        found.places.forEach(this::keep);
    }

    /**
     * Of what they are scores.
     *
     * @param format of the file
     * @param inputs SHA-256 of each input
     * @param model SHA-256 of the reward model
     */
    public record Heading(String format, List<String> inputs, String model) {
        private static final String FORMAT =
                "diptych scores 2, fingerprints of " + Fingerprint.BITS + " bits and changes";

        public Heading {
            inputs = List.copyOf(inputs);
        }

        /** A heading of today's format. */
        public static Heading of(List<String> inputs, String model) {
            return new Heading(FORMAT, inputs, model);
        }
    }

    /** There are scores of something else, or another run writes them; the message says which and what to do. */
    public static final class OtherScoresException extends Exception {
        private static final long serialVersionUID = 1L;

        OtherScoresException(String message) {
            super(message);
        }
    }

    /** Where the line of a row is. */
    private record Place(int input, long row, long offset, int length) {}

    /** What a file has. */
    private static final class Found {
        private final List<Place> places = new ArrayList<>();
        /** Whether the file can stay as it is. */
        private boolean isWhole = true;

        private @Nullable String replaced;
        private List<Integer> numbers = List.of();
    }

    /** Opens the scores that are there, or begins. Scores by another model are replaced. */
    public static ScoreJournal open(Path file, Heading heading) throws IOException, OtherScoresException {
        var lock = lock(file);
        try {
            var found = Files.exists(file) ? find(file, heading) : new Found();
            if (!Files.exists(file) || !found.isWhole) {
                rewrite(file, heading, found);
            }
            var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.position(channel.size());
            return new ScoreJournal(lock, channel, heading.inputs().size(), found);
        } catch (IOException | OtherScoresException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** A file of its own is locked: the scores' own may be replaced. */
    private static FileChannel lock(Path file) throws IOException, OtherScoresException {
        var channel = FileChannel.open(
                file.resolveSibling(Curation.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // as if it were another's
        }
        channel.close();
        throw new OtherScoresException("another run is writing there. Wait for it, or give another folder");
    }

    /** Finds the whole rows; those with faults are looked at again, for somebody may have mended them. */
    private static Found find(Path file, Heading wanted) throws IOException, OtherScoresException {
        var found = new Found();
        Heading heading = null;
        boolean isScored = false;
        long offset = 0;
        try (var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (var line = line(bytes); line != null; line = line(bytes)) {
                boolean isTorn = line[line.length - 1] != '\n';
                if (offset == 0) {
                    heading = heading(line);
                    found.numbers = heading == null ? List.of() : numbers(heading, wanted);
                } else {
                    var row = isTorn ? null : row(line);
                    isScored |= row != null && !row.edits().isEmpty();
                    int number =
                            row == null || row.input() >= found.numbers.size() ? -1 : found.numbers.get(row.input());
                    if (row == null || !row.faults().isEmpty() || number < 0) {
                        found.isWhole = false;
                    } else {
                        found.places.add(new Place(number, row.row(), offset, line.length));
                    }
                }
                offset += line.length;
            }
        }
        if (heading == null && offset > 0) {
            throw new OtherScoresException("there is a file " + Curation.JOURNAL
                    + " which is no file of scores. Give another folder, or move it away");
        }
        if (heading == null || !heading.equals(wanted)) {
            found.isWhole = false;
        }
        if (heading != null && isScored) {
            require(heading, wanted, found);
        } else {
            found.places.clear();
            found.isWhole = false;
        }
        return found;
    }

    /** Forgets scores by another model, and refuses those of other inputs: there may be hours in them. */
    private static void require(Heading heading, Heading wanted, Found found) throws OtherScoresException {
        if (!heading.model().equals(wanted.model())) {
            found.replaced = "they are by another model (" + heading.model() + ")";
        } else if (!heading.format().equals(wanted.format())) {
            found.replaced = "they are of another version of Diptych";
        } else if (found.numbers.stream().allMatch(number -> number < 0)) {
            throw new OtherScoresException("the scores in " + Curation.JOURNAL
                    + " are of another input, or of other columns of it. Give another folder; or delete that file, and"
                    + " everything is scored anew");
        }
        if (found.replaced != null) {
            found.places.clear();
        }
    }

    /** Which number the inputs of a heading have now; -1 for none. */
    private static List<Integer> numbers(Heading heading, Heading wanted) {
        var numbers = new ArrayList<Integer>();
        for (var input : heading.inputs()) {
            // one that is given twice keeps its place
            int place = numbers.size();
            boolean isThere =
                    place < wanted.inputs().size() && wanted.inputs().get(place).equals(input);
            numbers.add(isThere ? place : wanted.inputs().indexOf(input));
        }
        return numbers;
    }

    private static @Nullable Heading heading(byte[] line) {
        try {
            return JSON.readValue(line, Heading.class);
        } catch (JacksonException none) {
            return null;
        }
    }

    private static @Nullable ScoredRow row(byte[] line) {
        try {
            return JSON.readValue(line, ScoredRow.class);
        } catch (JacksonException torn) {
            return null;
        }
    }

    /** With the sign of its end, if there is one; null at the end of the file. */
    private static byte @Nullable [] line(BufferedInputStream bytes) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    /** Writes what is kept beside the file and then in its place: whenever this breaks off, one of both is whole. */
    private static void rewrite(Path file, Heading heading, Found found) throws IOException {
        var draft = Files.createTempFile(
                Objects.requireNonNull(file.toAbsolutePath().getParent()), Curation.DRAFT, "");
        try {
            var kept = List.copyOf(found.places);
            found.places.clear();
            try (var target = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                append(target, heading);
                if (!kept.isEmpty()) {
                    try (var source = FileChannel.open(file)) {
                        for (var place : kept) {
                            var row = JSON.readValue(read(source, place), ScoredRow.class);
                            found.places.add(append(target, row.ofInput(place.input())));
                        }
                    }
                }
                target.force(true);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static byte[] read(FileChannel channel, Place place) throws IOException {
        var buffer = ByteBuffer.allocate(place.length());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, place.offset() + buffer.position()) < 0) {
                throw new BrokenInputException(Curation.JOURNAL + " was shortened while it was read");
            }
        }
        return buffer.array();
    }

    private static void append(FileChannel channel, Heading heading) throws IOException {
        write(channel, JSON.writeValueAsBytes(heading));
    }

    private static Place append(FileChannel channel, ScoredRow row) throws IOException {
        long offset = channel.position();
        return new Place(row.input(), row.row(), offset, write(channel, JSON.writeValueAsBytes(row)));
    }

    private static int write(FileChannel channel, byte[] json) throws IOException {
        var line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        int length = line.remaining();
        while (line.hasRemaining()) {
            channel.write(line);
        }
        return length;
    }

    private void keep(Place place) {
        places.add(place);
        done.get(place.input()).set(Math.toIntExact(place.row()));
    }

    /** Why scores that were there are gone; null where none were. */
    public @Nullable String replaced() {
        return replaced;
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
            keep(append(channel, row));
        }
    }

    /** Hears of rows. */
    public interface Visitor {
        void row(ScoredRow row) throws IOException;
    }

    /** Tells all rows, in the order of the inputs. */
    public void forEach(Visitor visitor) throws IOException {
        places.sort(IN_ORDER);
        for (var place : places) {
            visitor.row(JSON.readValue(read(channel, place), ScoredRow.class));
        }
    }

    /** Whether a file has a score. */
    static boolean hasScores(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.contains("\"edits\":[{"));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lock.close();
    }
}
