package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.diptych.service.problem.Problem;

/**
 * The manifest of an archive.
 *
 * @param entry the file
 * @param folder it lies in, as {@link ArchiveNames#raw} has it: empty, or ending in a slash
 */
record ManifestEntry(ZipArchiveEntry entry, String folder) {
    private static final String OF_MACOS = "__MACOSX/";

    /**
     * The manifest, at the top or else in a folder at the top; its name in lower case, or else in any.
     *
     * @param refusal of an archive that has none, or several
     */
    static ManifestEntry among(List<ZipArchiveEntry> entries, Function<String, Problem> refusal) {
        var candidates = new ArrayList<ManifestEntry>();
        var deeper = "";
        for (var entry : entries) {
            var path = ArchiveNames.raw(entry);
            var folder = path.substring(0, path.lastIndexOf('/') + 1);
            var isManifest = path.substring(folder.length()).equalsIgnoreCase(ManifestSource.MANIFEST);
            if (!isManifest || folder.startsWith(OF_MACOS) || entry.isDirectory()) {
                continue;
            }
            if (folder.indexOf('/') == folder.lastIndexOf('/')) {
                candidates.add(new ManifestEntry(entry, folder));
            } else {
                deeper = folder;
            }
        }
        var best = best(candidates);
        if (best.size() == 1) {
            return best.getFirst();
        }
        throw refusal.apply(
                best.isEmpty()
                        ? "it has no " + ManifestSource.MANIFEST + " at its top or in a folder there"
                                + (deeper.isEmpty() ? "" : ", only deeper down")
                        : "it has " + best.size() + " files " + ManifestSource.MANIFEST);
    }

    private static List<ManifestEntry> best(List<ManifestEntry> candidates) {
        var atTop = candidates.stream()
                .filter(candidate -> candidate.folder().isEmpty())
                .toList();
        var nearest = atTop.isEmpty() ? candidates : atTop;
        var usual = nearest.stream()
                .filter(candidate -> ArchiveNames.raw(candidate.entry()).endsWith(ManifestSource.MANIFEST))
                .toList();
        return usual.isEmpty() ? nearest : usual;
    }
}
