package org.diptych.service.campaign;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.ImageIntake;
import org.diptych.service.image.InvalidImageException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Reads the edits of a manifest that is not to become a campaign, one at a time, with their pixels. Rows and pictures go
 * through the same checks as in an import.
 */
@Service
public class EditManifestReader {
    private final CampaignImport imports;
    private final ImageIntake intake;
    private final ImportLimits limits;

    EditManifestReader(CampaignImport imports, ImageIntake intake, ImportLimits limits) {
        this.imports = imports;
        this.intake = intake;
        this.limits = limits;
    }

    /**
     * Takes in an archive, as fast as its sender is: whoever has it waits for nobody's network any more.
     *
     * @return where it lies; {@link #read} deletes it
     */
    public Path receive(SignedIn lead, InputStream archive) throws IOException {
        return imports.receive(lead, archive);
    }

    /**
     * Reads a ZIP archive of a folder with {@value ManifestSource#MANIFEST}, and deletes it.
     *
     * @throws org.diptych.service.problem.Problem {@code invalid_archive} when it is not one; what is wrong with single rows goes
     *     to the visitor
     */
    public void read(Path file, Visitor visitor) throws IOException, InterruptedException {
        try (var source = ArchiveSource.open(file, limits);
                var rows = ManifestReader.of(source.manifest(), limits, null)) {
            for (var parsed = rows.next(); parsed != null; parsed = rows.next()) {
                parsed.problems().forEach(visitor::problem);
                if (parsed.row() != null) {
                    visit(parsed.row(), source, visitor);
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void visit(ManifestRow row, ManifestSource source, Visitor visitor)
            throws IOException, InterruptedException {
        var before = picture(row, "source", row.source(), source, visitor);
        if (before == null) {
            return;
        }
        for (int i = 0; i < row.candidates().size(); i++) {
            var candidate = row.candidates().get(i);
            var after = picture(row, "candidates[" + i + "].image", candidate.image(), source, visitor);
            if (after != null) {
                visitor.edit(new Edit(row.id(), candidate.image(), row.instruction(), before, after));
            }
        }
    }

    private @Nullable BufferedImage picture(
            ManifestRow row, String field, String path, ManifestSource source, Visitor visitor)
            throws InterruptedException {
        try {
            return intake.decode(path, source.read(path, intake.maximumBytes()));
        } catch (UnreadableFileException e) {
            visitor.problem(new ImportProblem(row.line(), field, e.reason()));
        } catch (InvalidImageException e) {
            visitor.problem(new ImportProblem(row.line(), field, path + ": " + e.reason()));
        }
        return null;
    }

    /** Hears what is in a manifest, in its order. */
    public interface Visitor {
        /** An edit that can be looked at. */
        void edit(Edit edit) throws IOException;

        /** Something that cannot. */
        void problem(ImportProblem problem);
    }

    /**
     * An edit with its pixels. Edits of one item share the source's object.
     *
     * @param item id of the item
     * @param image path as in the manifest
     */
    public record Edit(String item, String image, String instruction, BufferedImage source, BufferedImage edited) {}
}
