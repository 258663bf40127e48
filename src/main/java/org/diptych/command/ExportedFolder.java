package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.diptych.curation.Folders;
import tools.jackson.databind.JsonNode;

/** A dataset of several files: unpacked beside its place, and put there when the last file has come. */
final class ExportedFolder {
    /** What the server writes last in a dataset with a card. */
    static final String DESCRIPTION = "croissant.json";

    /** What it writes last in a plain file in parts. */
    static final String PARTS = "split.json";

    private static final String DRAFT = ".export-";

    private final Path folder;
    private final String last;

    /** @param last what the server writes last: without it the rest is not complete */
    ExportedFolder(Path folder, String last) {
        this.folder = folder.toAbsolutePath().normalize();
        this.last = last;
    }

    /** What is to be done with the files before they are put in their place. */
    interface Completion {
        void of(Path files) throws IOException;
    }

    /**
     * Unpacks the archive into the folder.
     *
     * @return the files without the pictures
     */
    List<String> unpack(InputStream archive, Completion completion) throws IOException {
        boolean isNew = !Files.exists(folder);
        Files.createDirectories(folder);
        deleteDrafts();
        Path draft = Files.createTempDirectory(folder, DRAFT);
        boolean complete = false;
        try {
            List<String> names = write(archive, draft);
            if (names.isEmpty() || !names.getLast().equals(last)) {
                throw new IOException("the server's answer ended too early");
            }
            completion.of(draft);
            deleteFormer(Set.copyOf(names));
            List<String> files = new ArrayList<>();
            for (String name : names) {
                Path target = folder.resolve(name);
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.move(draft.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
                if (!name.startsWith("images/")) {
                    files.add(target.toString());
                }
            }
            complete = true;
            return files;
        } finally {
            Folders.delete(draft);
            if (isNew && !complete && isEmpty()) {
                Files.delete(folder);
            }
        }
    }

    /** What is left of an export that was killed. */
    private void deleteDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : drafts) {
                Folders.delete(draft);
            }
        }
    }

    /**
     * Files of an earlier export that this one does not bring. A test part that stays beside a new training part would hold
     * what the model was trained on.
     */
    private void deleteFormer(Set<String> names) throws IOException {
        Path described = folder.resolve(last);
        if (!Files.isRegularFile(described)) {
            return;
        }
        JsonNode description = ServerClient.JSON.readTree(Files.readAllBytes(described));
        boolean hasParts = last.equals(PARTS);
        for (JsonNode file : description.path(hasParts ? "parts" : "distribution")) {
            String name = file.path(hasParts ? "file" : "contentUrl").asString("");
            Path former = folder.resolve(name).normalize();
            if (!names.contains(name) && former.startsWith(folder) && Files.isRegularFile(former)) {
                Files.delete(former);
            }
        }
    }

    /**
     * Deletes the parts of an earlier export beside the whole file that has taken their place, and what describes them. Only
     * those that bear the name of that file: parts of another format are still what they were.
     *
     * @param whole the name of the file
     */
    void deleteParts(String whole) throws IOException {
        Path described = folder.resolve(PARTS);
        if (last.equals(PARTS) && Files.isRegularFile(described)) {
            int end = whole.lastIndexOf('.');
            boolean isOfThis = ServerClient.JSON
                    .readTree(Files.readAllBytes(described))
                    .path("parts")
                    .valueStream()
                    .map(part -> part.path("file").asString(""))
                    .allMatch(part ->
                            part.startsWith(whole.substring(0, end) + "-") && part.endsWith(whole.substring(end)));
            if (isOfThis) {
                deleteFormer(Set.of());
                Files.delete(described);
            }
        }
    }

    /** Deletes the whole file of an earlier export, of which the parts have taken the place, and its draft. */
    void deleteWhole(String whole) throws IOException {
        Files.deleteIfExists(folder.resolve(whole));
        Files.deleteIfExists(folder.resolve(whole + ".part"));
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static List<String> write(InputStream archive, Path draft) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(archive, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = draft.resolve(entry.getName()).normalize();
                if (!target.startsWith(draft) || target.equals(draft)) {
                    throw CommandFailure.failed("The server named a file outside of the folder: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(zip, target);
                names.add(entry.getName());
            }
        }
        return names;
    }
}
