package org.diptych.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.diptych.service.campaign.ManifestCandidate;
import org.diptych.service.campaign.ManifestReader;
import org.diptych.service.campaign.ManifestReader.ParsedRow;
import org.diptych.service.campaign.ManifestRow;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The edits of a manifest with its pictures beside it, or of a zip archive of such a folder. */
public final class ManifestEdits implements EditSource {
    private final Path file;
    private final ManifestSource source;

    private ManifestEdits(Path file, ManifestSource source) {
        this.file = file;
        this.source = source;
    }

    /** The edits of a manifest. */
    public static ManifestEdits of(Path manifest) throws IOException {
        return new ManifestEdits(manifest, ManifestSource.folder(manifest));
    }

    /**
     * The edits of a zip archive.
     *
     * @throws org.diptych.service.problem.Problem {@code invalid_archive} when it is not one
     */
    public static ManifestEdits ofArchive(Path archive) throws IOException {
        return new ManifestEdits(archive, ManifestSource.archive(archive));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String mapping() {
        return "";
    }

    @Override
    public void read(LongPredicate wanted, Visitor visitor) throws IOException, InterruptedException {
        try (var rows = ManifestReader.ofSender(source.manifest())) {
            for (var parsed = rows.next(); parsed != null; parsed = rows.next()) {
                if (wanted.test(parsed.line())) {
                    visit(parsed, visitor);
                }
            }
        }
    }

    private void visit(ParsedRow parsed, Visitor visitor) throws IOException, InterruptedException {
        for (var problem : parsed.problems()) {
            visitor.fault(new EditItem.Fault(problem.line(), problem.field(), problem.message()));
        }
        var row = parsed.row();
        if (row == null) {
            return;
        }
        var before = picture(row, "source", row.source(), visitor);
        if (before == null) {
            return;
        }
        var edits = new ArrayList<EditItem.Edit>();
        for (int i = 0; i < row.candidates().size(); i++) {
            ManifestCandidate candidate = row.candidates().get(i);
            var after = picture(row, "candidates[" + i + "].image", candidate.image(), visitor);
            if (after != null) {
                edits.add(new EditItem.Edit(candidate.model(), after, metadata(candidate)));
            }
        }
        if (!edits.isEmpty()) {
            visitor.item(new EditItem(
                    row.line(), row.id(), row.instruction(), row.category(), before, edits, values(row.metadata())));
        }
    }

    private static Map<String, Object> metadata(ManifestCandidate candidate) {
        var metadata = values(candidate.metadata());
        if (candidate.seed() != null) {
            metadata.put("seed", candidate.seed());
        }
        return metadata;
    }

    private static Map<String, Object> values(ObjectNode metadata) {
        var values = new HashMap<String, Object>();
        metadata.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                values.put(entry.getKey(), entry.getValue());
            }
        });
        return values;
    }

    private EditItem.@Nullable Picture picture(ManifestRow row, String field, String path, Visitor visitor)
            throws IOException {
        try {
            return new EditItem.Picture(field, path, source.read(path, LARGEST_PICTURE));
        } catch (UnreadableFileException unreadable) {
            visitor.fault(new EditItem.Fault(row.line(), field, unreadable.reason()));
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
