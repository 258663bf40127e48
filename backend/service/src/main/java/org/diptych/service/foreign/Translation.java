package org.diptych.service.foreign;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.service.campaign.JsonLine;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of files of another tool a manifest and a list of labels, in a folder of its own. Items are held in memory until all
 * files are read, because any row may add to any of them; labels and pictures are not.
 */
final class Translation implements AutoCloseable, RecordReader.Visitor {
    /** Items are held in memory until the end. */
    static final int MOST_ROWS = 250_000;

    /** As of a row of a manifest. */
    private static final int LARGEST_LABEL = 1_000_000;

    private static final int LONGEST_NAME = ImportMapping.LONGEST_NAME;
    private static final int LONGEST_TEXT = 20_000;
    private static final String UNSTORABLE = "has characters or numbers that cannot be stored";
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ImportMapping mapping;
    private final Path folder;
    private final ForeignTally tally;
    private final PictureSpool spool;
    private final BufferedWriter labels;
    private final Map<String, TranslatedItem> items = new LinkedHashMap<>();
    private final Map<String, Integer> answersSoFar = new HashMap<>();
    private int rows;

    /** @param most bytes of pictures that stand in the rows */
    Translation(ImportMapping mapping, Path folder, ForeignTally tally, long most) throws IOException {
        this.mapping = mapping;
        this.folder = folder;
        this.tally = tally;
        this.spool = new PictureSpool(folder.resolve("pictures"), most);
        this.labels = Files.newBufferedWriter(labels());
    }

    /** Reads a file. */
    void add(String name, Path file) throws IOException {
        var pictures = List.of(mapping.source(), mapping.first(), mapping.second());
        new RecordReader(mapping.tool(), (column, bytes) -> pictures.contains(column) ? spool.put(bytes) : null, this)
                .read(name, file);
    }

    /** The rows of the manifest, in the order of its lines. */
    List<TranslatedItem> finish() throws IOException {
        labels.close();
        try (var manifest = Files.newBufferedWriter(manifest())) {
            for (var item : items.values()) {
                manifest.write(JsonMapper.shared().writeValueAsString(item.manifestRow()));
                manifest.write('\n');
            }
        }
        return new ArrayList<>(items.values());
    }

    Path manifest() {
        return folder.resolve("manifest.jsonl");
    }

    /** {@link ImportedLabel}s, one JSON object a line. */
    Path labels() {
        return folder.resolve("labels.jsonl");
    }

    PictureSpool spool() {
        return spool;
    }

    @Override
    public void problem(ForeignProblem problem) {
        tally.rejectRow(problem);
    }

    @Override
    public boolean record(ForeignRecord record) throws IOException {
        if (++rows > MOST_ROWS) {
            problem(new ForeignProblem(
                    record.file(),
                    record.row(),
                    "",
                    "there are more than " + MOST_ROWS + " rows; import them in parts"));
            return false;
        }
        var task = record.fields();
        var problems = new ArrayList<ForeignProblem>();
        for (var field : task.properties()) {
            if (!JsonLine.isStorable(field.getKey()) || !JsonLine.isStorable(field.getValue())) {
                problems.add(problem(record, field.getKey(), UNSTORABLE));
            }
        }
        var instruction = bounded(record, mapping.instruction(), LONGEST_TEXT, problems);
        var source = picture(record, mapping.source(), problems);
        var first = picture(record, mapping.first(), problems);
        var second = picture(record, mapping.second(), problems);
        var id = id(record);
        for (var name :
                new @Nullable String[] {mapping.item(), mapping.category(), mapping.firstModel(), mapping.secondModel()
                }) {
            var text = Fields.text(Fields.at(task, name));
            if (text != null && text.length() > LONGEST_NAME) {
                problems.add(problem(record, String.valueOf(name), "longer than " + LONGEST_NAME + " characters"));
            }
        }
        if (!problems.isEmpty()) {
            problems.forEach(tally::add);
            tally.countRow();
            return true;
        }
        var item = items.computeIfAbsent(
                id,
                _ -> new TranslatedItem(
                        record.file(),
                        record.row(),
                        id,
                        instruction,
                        source,
                        Fields.text(Fields.at(task, mapping.category()))));
        if (!item.isOf(instruction, source)) {
            problem(new ForeignProblem(
                    record.file(),
                    record.row(),
                    mapping.item() == null ? "" : mapping.item(),
                    "item " + Fields.shown(id) + " has another instruction or source in row " + item.row + " of "
                            + item.file + "; give the mapping a field for item that tells them apart, or none"));
            return true;
        }
        int one = item.place(Fields.text(Fields.at(task, mapping.firstModel())), first);
        int other = item.place(Fields.text(Fields.at(task, mapping.secondModel())), second);
        if (mapping.isLabelled()) {
            var rest = rest(task);
            for (var answer : record.answers()) {
                label(record, answer, id, one, other, rest);
            }
        }
        return true;
    }

    /** As the tool calls it, else where it was found: folders of a dataset have files of the same name. */
    private String id(ForeignRecord record) {
        var own = Fields.text(Fields.at(record.fields(), mapping.item()));
        return own == null ? record.file() + "-" + record.row() : own;
    }

    private static ForeignProblem problem(ForeignRecord record, String field, String message) {
        return new ForeignProblem(record.file(), record.row(), field, message);
    }

    /** What has no place of its own in an item. */
    private ObjectNode rest(ObjectNode task) {
        var rest = task.deepCopy();
        mapping.ofItems().forEach(field -> Fields.remove(rest, field));
        return rest;
    }

    private String needed(ForeignRecord record, String field, List<ForeignProblem> problems) {
        var node = Fields.at(record.fields(), field);
        var text = Fields.text(node);
        if (text == null) {
            problems.add(new ForeignProblem(
                    record.file(),
                    record.row(),
                    field,
                    node == null ? "missing; if another field holds it, name that in the mapping" : "must be text"));
        }
        return text == null ? "" : text;
    }

    private String bounded(ForeignRecord record, String field, int longest, List<ForeignProblem> problems) {
        var text = needed(record, field, problems);
        if (text.length() > longest) {
            problems.add(problem(record, field, "longer than " + longest + " characters"));
            return "";
        }
        return text;
    }

    private String picture(ForeignRecord record, String field, List<ForeignProblem> problems) throws IOException {
        int before = problems.size();
        var text = needed(record, field, problems);
        if (problems.size() > before || PictureSpool.holds(text)) {
            return text;
        }
        if (text.startsWith(ForeignPictures.DATA_URI)) {
            return embedded(record, field, text, problems);
        }
        if (text.length() > LONGEST_TEXT) {
            problems.add(problem(record, field, "is neither a path nor a data URI of a picture"));
            return "";
        }
        var folderOfFile = record.file().substring(0, record.file().lastIndexOf('/') + 1);
        var normal = mapping.picturePath(text).map(inside -> folderOfFile + inside);
        if (normal.isEmpty()) {
            problems.add(new ForeignProblem(
                    record.file(),
                    record.row(),
                    field,
                    Fields.shown(text)
                            + " is no relative path; nothing is fetched from elsewhere: put the pictures beside the file, and"
                            + " name in picture_prefix of the mapping what stands before their paths"));
        }
        return normal.orElse("");
    }

    private String embedded(ForeignRecord record, String field, String uri, List<ForeignProblem> problems)
            throws IOException {
        int comma = uri.indexOf(',');
        if (comma > 0 && uri.substring(0, comma).endsWith(";base64")) {
            try {
                return spool.put(Base64.getMimeDecoder().decode(uri.substring(comma + 1)));
            } catch (IllegalArgumentException e) {
                // said below
            }
        }
        problems.add(new ForeignProblem(record.file(), record.row(), field, "is a data URI that is not in base64"));
        return "";
    }

    private void label(ForeignRecord record, ObjectNode answer, String item, int first, int second, ObjectNode rest)
            throws IOException {
        var judgement = Judgement.of(mapping, record.fields(), answer);
        switch (judgement) {
            case Judgement.Skipped _ -> tally.skip();
            case Judgement.Wrong(var field, var message) ->
                tally.rejectLabel(new ForeignProblem(record.file(), record.row(), field, message));
            case Judgement.Given given -> {
                try {
                    write(label(record, answer, given, item, first, second, rest));
                } catch (Unusable e) {
                    tally.rejectLabel(new ForeignProblem(record.file(), record.row(), e.field, e.reason));
                }
            }
        }
    }

    /** A label that cannot be taken. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final String reason;

        Unusable(String field, String reason) {
            super(reason);
            this.field = field;
            this.reason = reason;
        }
    }

    private ImportedLabel label(
            ForeignRecord record,
            ObjectNode answer,
            Judgement.Given given,
            String item,
            int first,
            int second,
            ObjectNode rest)
            throws Unusable {
        if (!JsonLine.isStorable(answer)) {
            throw new Unusable("", UNSTORABLE);
        }
        var annotator = annotator(record.fields(), answer);
        var fields = JsonNodeFactory.instance.objectNode();
        fields.setAll(rest);
        fields.setAll(answer);
        for (var field : new @Nullable String[] {mapping.annotator(), mapping.time(), mapping.seconds()}) {
            Fields.remove(fields, field);
        }
        var own = Fields.text(value(record.fields(), answer, mapping.id()));
        var pair = String.join("\n", item, "" + Math.min(first, second), "" + Math.max(first, second), annotator);
        var key = own == null ? "number " + answersSoFar.merge(pair, 1, Integer::sum) : "id " + own;
        return new ImportedLabel(
                item,
                first,
                second,
                annotator,
                given.protocol(),
                AnswerJson.toStored(given.answers()),
                time(record.fields(), answer),
                milliseconds(record.fields(), answer),
                key,
                record.file(),
                record.row(),
                mapping.verdict().isEmpty() ? "" : mapping.verdict().getFirst(),
                fields);
    }

    private String annotator(ObjectNode task, ObjectNode answer) throws Unusable {
        var field = mapping.annotator();
        if (field == null) {
            return String.valueOf(mapping.annotatorName());
        }
        var own = Fields.at(answer, field);
        var node = own == null ? Fields.at(task, field) : own;
        if (node instanceof ObjectNode person) {
            for (var name : List.of("email", "username", "id")) {
                if (Fields.at(person, name) != null) {
                    node = Fields.at(person, name);
                    break;
                }
            }
        }
        var name = Fields.text(node);
        if (name == null) {
            throw new Unusable(
                    field, "missing; who answered is in another field, or give annotator_name in place of annotator");
        }
        if (name.length() > LONGEST_NAME) {
            throw new Unusable(field, "longer than " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static @Nullable JsonNode value(ObjectNode task, ObjectNode answer, @Nullable String field) {
        var own = Fields.at(answer, field);
        return own == null ? Fields.at(task, field) : own;
    }

    private @Nullable Instant time(ObjectNode task, ObjectNode answer) throws Unusable {
        var node = value(task, answer, mapping.time());
        var time = node == null ? null : AnswerTime.of(node);
        if (node != null && time == null) {
            throw new Unusable(
                    String.valueOf(mapping.time()),
                    Fields.shown(node.isString() ? node.stringValue() : node.toString())
                            + " is no time as in 2026-01-31T12:00:00Z");
        }
        return time;
    }

    /** What is no time that an answer can have taken is none. */
    private long milliseconds(ObjectNode task, ObjectNode answer) {
        double seconds = Fields.number(value(task, answer, mapping.seconds()));
        return seconds > 0 && seconds <= LONGEST.toSeconds() ? Math.round(seconds * 1000) : 0;
    }

    private void write(ImportedLabel label) throws IOException, Unusable {
        var line = JsonMapper.shared().writeValueAsString(label);
        if (line.length() > LARGEST_LABEL) {
            throw new Unusable("", "has more than " + LARGEST_LABEL + " characters that are no picture");
        }
        labels.write(line);
        labels.write('\n');
    }

    @Override
    public void close() throws IOException {
        labels.close();
    }
}
