package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;
import org.diptych.service.foreign.ForeignPictures;
import org.diptych.service.foreign.GuessedMapping;
import org.diptych.service.foreign.ImportMapping;
import org.diptych.service.foreign.MappingGuess;
import org.diptych.service.foreign.Tool;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Files of another tool that are sent with the pictures that they name, or a ready-made zip. As of manifests, pictures that are
 * missing or lie outside the files' folder are left out, and the server reports the row.
 */
final class ForeignFiles {
    private final Tool tool;
    private final List<Path> files;
    private final @Nullable ImportMapping mapping;

    private ForeignFiles(Tool tool, List<Path> files, @Nullable ImportMapping mapping) {
        this.tool = tool;
        this.files = files;
        this.mapping = mapping;
    }

    /**
     * Files to send.
     *
     * @param mappingFile null: guessed from the first of them, by the server where that is a zip
     * @throws CommandFailure when one cannot be read, or the mapping is none
     */
    static ForeignFiles of(Tool tool, List<Path> files, @Nullable Path mappingFile) {
        files.forEach(file -> InputFile.require(file, "Give the files of the dataset, or a .zip of their folder."));
        boolean zip = ManifestUpload.isZip(files.getFirst());
        if (files.size() > 1 && (zip || files.stream().anyMatch(ManifestUpload::isZip))) {
            throw CommandFailure.badInput("Give one .zip, or files that are none.");
        }
        requireOneFolder(files);
        var mapping = mappingFile == null ? zip ? null : certain(tool, files.getFirst()) : read(tool, mappingFile);
        return new ForeignFiles(tool, files, mapping);
    }

    private static void requireOneFolder(List<Path> files) {
        var folder = files.getFirst().toAbsolutePath().normalize().getParent();
        for (var file : files) {
            if (!Objects.equals(file.toAbsolutePath().normalize().getParent(), folder)) {
                throw CommandFailure.badInput(file + ": lies in another folder than " + files.getFirst()
                        + ". Paths of pictures are relative to the folder of the files: import one folder at a time.");
            }
        }
    }

    /** The mapping that a file seems to need. */
    static GuessedMapping guess(Tool tool, Path file) {
        InputFile.require(file, "Give a file of the dataset.");
        if (ManifestUpload.isZip(file)) {
            throw CommandFailure.badInput(file + ": is a zip. Give a file that is in it.");
        }
        try {
            return MappingGuess.of(tool, name(file), file);
        } catch (Problem problem) {
            throw CommandFailure.badInput(file + ": " + problem.detail());
        } catch (IOException unreadable) {
            throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(unreadable) + ".");
        }
    }

    private static ImportMapping certain(Tool tool, Path file) {
        try {
            return guess(tool, file).requireCertain();
        } catch (Problem doubtful) {
            throw CommandFailure.badInput(file + ": " + doubtful.detail());
        }
    }

    private static ImportMapping read(Tool tool, Path file) {
        InputFile.require(file, "--show-mapping prints one to begin with.");
        try {
            var mapping = ImportMapping.read(Files.readString(file));
            if (mapping.tool() != tool) {
                throw CommandFailure.badInput(
                        file + ": from: is " + mapping.from() + ", and --from says " + tool.word() + ".");
            }
            return mapping;
        } catch (Problem problem) {
            throw CommandFailure.badInput(file + ": " + problem.detail());
        } catch (MalformedInputException notText) {
            throw CommandFailure.badInput(file + ": is not UTF-8.");
        } catch (IOException unreadable) {
            throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(unreadable) + ".");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** What the server is told of the files, as parameters of a request. */
    String parameters() {
        return "&from=" + tool.word()
                + (mapping == null
                        ? ""
                        : "&mapping="
                                + ServerClient.encode(ServerClient.JSON
                                        .readTree(mapping.json())
                                        .toString()));
    }

    /** Posts them to a path; the caller reads and closes the answer. */
    HttpResponse<InputStream> post(ServerClient client, String path) {
        var first = files.getFirst();
        if (ManifestUpload.isZip(first)) {
            return ManifestUpload.of(first).post(client, path);
        }
        client.get("/api/v1/session");
        return ManifestUpload.send(client, path, first, this::writeTo);
    }

    private void writeTo(OutputStream target) throws IOException {
        Set<String> done = new HashSet<>();
        try (var zip = new ZipOutputStream(target)) {
            for (var file : files) {
                if (done.add(name(file))) {
                    zip.putNextEntry(new ZipEntry(name(file)));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
            if (mapping != null) {
                zip.setLevel(0);
                for (var file : files) {
                    try (var folder = ManifestSource.folder(file)) {
                        ForeignPictures.of(mapping, name(file), file, path -> picture(path, folder, zip, done));
                    }
                }
            }
        }
    }

    private static void picture(String path, ManifestSource folder, ZipOutputStream zip, Set<String> done)
            throws IOException {
        if (!done.add(path)) {
            return;
        }
        byte[] content;
        try {
            content = folder.read(path, ManifestArchive.LARGEST_PICTURE);
        } catch (UnreadableFileException left) {
            return;
        }
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }

    /** Whether a name on the command line is of a tool. */
    static Tool tool(String word) {
        try {
            return Tool.of(word.toLowerCase(Locale.ROOT));
        } catch (Problem unknown) {
            throw CommandFailure.badInput("--from: there is no format " + word + ". " + unknown.detail());
        }
    }

    /** The file that a report speaks of; of one that lies in the zip, its name after that of the zip. */
    String place(String name) {
        var first = files.getFirst();
        return ManifestUpload.isZip(first)
                ? first + "!" + name
                : first.resolveSibling(name).toString();
    }
}
