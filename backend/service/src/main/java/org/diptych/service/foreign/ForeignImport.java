package org.diptych.service.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.ImportProblem;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.ReceivedFiles;
import org.diptych.service.campaign.UnreadableFileException;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.util.FileSystemUtils;

/**
 * Imports files of another tool. They are translated into a manifest, which goes the way of every manifest, and into labels,
 * which come in behind it. Importing the same files again adds nothing.
 */
@Service
public class ForeignImport {
    private static final long MOST_PICTURE_BYTES = 60_000_000_000L;

    private final CampaignImport imports;
    private final ReceivedFiles archives;
    private final HistoricalLabels labels;
    private final StagingFolder stagingFolder;

    ForeignImport(
            CampaignImport imports, ReceivedFiles archives, HistoricalLabels labels, StagingFolder stagingFolder) {
        this.imports = imports;
        this.archives = archives;
        this.labels = labels;
        this.stagingFolder = stagingFolder;
    }

    /**
     * Imports the files of a zip archive, with the pictures beside them.
     *
     * @param mapping null: guessed from the first of the files
     * @throws Problem {@code not_a_lead}, {@code invalid_archive}, {@code no_files}, {@code nothing_to_map},
     *     {@code ambiguous_mapping}, or as
     *     {@link CampaignImport#importFrom} says
     */
    public ForeignReport importArchive(
            SignedIn lead, ImportRequest request, Tool tool, @Nullable ImportMapping mapping, InputStream archive)
            throws IOException {
        var files = new Unpacked(imports.receive(lead, request, archive));
        try (files) {
            return run(lead, request, mapping == null ? files.guess(tool).requireCertain() : mapping, files);
        }
    }

    /** The mapping that would be guessed for the files of an archive; see {@link #importArchive}. */
    public ImportMapping guess(SignedIn lead, Tool tool, InputStream archive) throws IOException {
        try (var files = new Unpacked(imports.receive(lead, archive))) {
            return files.guess(tool).mapping();
        }
    }

    private ForeignReport run(SignedIn lead, ImportRequest request, ImportMapping mapping, Unpacked files)
            throws IOException {
        var tally = new ForeignTally();
        try (var translation = new Translation(mapping, files.newFolder(), tally, MOST_PICTURE_BYTES)) {
            for (var name : files.names()) {
                var file = files.unpacked(name);
                translation.add(name, file);
                Files.delete(file);
            }
            var items = translation.finish();
            if (items.isEmpty() || (request.strict() && tally.hasProblems())) {
                return report(refusal(request), request, mapping, tally, List.of(), List.of());
            }
            var taken = new HashSet<String>();
            var source = ManifestSource.written(
                    translation.manifest(),
                    (path, most) ->
                            PictureSpool.holds(path) ? translation.spool().read(path, most) : files.read(path, most));
            var imported = imports.importFrom(lead, request, source, taken::add);
            var problems = located(imported.problems(), items, mapping);
            var warnings = located(
                    imported.warnings().stream()
                            .map(warning -> new ImportProblem(warning.line(), warning.field(), warning.message()))
                            .toList(),
                    items,
                    mapping);
            addLabels(lead, request, mapping.tool(), translation.labels(), imported, taken, tally);
            return report(imported, request, mapping, tally, problems, warnings);
        }
    }

    private void addLabels(
            SignedIn lead,
            ImportRequest request,
            Tool tool,
            Path file,
            ImportReport imported,
            Set<String> taken,
            ForeignTally tally)
            throws IOException {
        var campaign = imported.campaign();
        if (request.dryRun() || campaign == null) {
            labels.pretend(file, taken, tally);
        } else if (!imported.refused()) {
            labels.add(lead, campaign, tool, file, taken, tally);
        }
    }

    private static ImportReport refusal(ImportRequest request) {
        return new ImportReport(null, request.campaign(), request.dryRun(), 0, 0, 0, 0, 0, List.of(), 0, List.of());
    }

    /** Where in the files it is, in the words of the files. */
    private static List<ForeignProblem> located(
            List<ImportProblem> problems, List<TranslatedItem> items, ImportMapping mapping) {
        return problems.stream()
                .map(problem -> {
                    var item = items.get(Math.clamp(problem.line() - 1, 0, items.size() - 1));
                    return new ForeignProblem(item.file, item.row, field(problem.field(), mapping), problem.message());
                })
                .toList();
    }

    private static String field(String field, ImportMapping mapping) {
        return switch (field) {
            case "id" -> mapping.item() == null ? "" : mapping.item();
            case "instruction" -> mapping.instruction();
            case "category" -> mapping.category() == null ? "" : mapping.category();
            case "source" -> mapping.source();
            case "candidates[0].image" -> mapping.first();
            case "candidates[1].image" -> mapping.second();
            case "candidates[0].model" -> mapping.firstModel() == null ? "" : mapping.firstModel();
            case "candidates[1].model" -> mapping.secondModel() == null ? "" : mapping.secondModel();
            default -> field;
        };
    }

    private static ForeignReport report(
            ImportReport imported,
            ImportRequest request,
            ImportMapping mapping,
            ForeignTally tally,
            List<ForeignProblem> ofItems,
            List<ForeignProblem> warnings) {
        return new ForeignReport(
                imported.campaign(),
                imported.name(),
                request.dryRun(),
                mapping,
                imported.items(),
                imported.candidates(),
                imported.pairs(),
                imported.unchanged(),
                imported.rejected() + tally.rejectedRows(),
                tally.added(),
                tally.unchanged(),
                tally.rejectedLabels(),
                tally.skipped(),
                Stream.concat(tally.problems().stream(), ofItems.stream()).toList(),
                imported.warned(),
                warnings);
    }

    /** A received archive with room for what is made of it. Everything goes with it. */
    private final class Unpacked implements AutoCloseable {
        private final Path archive;
        private final ReceivedFiles.Opened opened;
        private final List<Path> folders = new ArrayList<>();
        private final List<String> names;

        Unpacked(Path archive) throws IOException {
            this.archive = archive;
            try {
                opened = archives.open(archive);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(archive);
                throw e;
            }
            names = opened.names().stream()
                    .filter(RecordReader::isNamed)
                    .sorted()
                    .toList();
        }

        List<String> names() {
            if (names.isEmpty()) {
                throw Problem.invalid(
                        "no_files", "body", "The archive has no .json, .jsonl, .ndjson or .parquet file to import.");
            }
            return names;
        }

        Path newFolder() throws IOException {
            var folder = Files.createDirectory(stagingFolder.newPath());
            folders.add(folder);
            return folder;
        }

        Path unpacked(String name) throws IOException {
            var target = newFolder().resolve("file");
            try {
                opened.unpack(name, target);
            } catch (UnreadableFileException e) {
                throw Problem.invalid("invalid_archive", "body", "The archive cannot be read: " + e.reason() + ".");
            }
            return target;
        }

        byte[] read(String path, int maximumBytes) throws UnreadableFileException {
            return opened.read(path, maximumBytes);
        }

        GuessedMapping guess(Tool tool) throws IOException {
            var name = names().getFirst();
            return MappingGuess.of(tool, name, unpacked(name));
        }

        @Override
        public void close() throws IOException {
            opened.close();
            Files.deleteIfExists(archive);
            for (var folder : folders) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }
}
