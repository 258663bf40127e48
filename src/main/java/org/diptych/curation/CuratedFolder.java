package org.diptych.curation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.image.PictureReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes the subset: pictures, a manifest, and what Step1X-Edit's fine-tuning reads. */
final class CuratedFolder {
    static final String MANIFEST = "selected.jsonl";
    static final String STEP1X = "step1x-edit.json";
    static final String STEP1X_CONFIGURATION = "step1x-edit.toml";
    static final String IMAGES = "images";

    private static final Pattern OWN = Pattern.compile(IMAGES + "/[0-9a-f]{64}(-[0-9]+)?\\.[a-z]+");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final Curated curated;
    private final Map<String, byte[]> shown = new HashMap<>();

    CuratedFolder(Path folder, Curated curated) {
        this.folder = folder;
        this.curated = curated;
    }

    /**
     * Copies the pictures of the subset from the inputs, and keeps those that the report shows.
     *
     * @throws BrokenInputException when one is no longer what was scored
     */
    void copyPictures(List<? extends EditSource> inputs) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve(IMAGES));
        var wanted = curated.wanted();
        var missing = new HashSet<>(wanted.copied());
        for (int input = 0; input < inputs.size(); input++) {
            var rows = wanted.rows().getOrDefault(input, new BitSet());
            if (!rows.isEmpty()) {
                inputs.get(input).read(row -> rows.get((int) row), new Copying(wanted, missing));
            }
        }
        if (!missing.isEmpty()) {
            throw new BrokenInputException("the inputs have changed since they were scored: "
                    + missing.stream().sorted().findFirst().orElseThrow()
                    + " is no longer in them. Give another folder with --out");
        }
    }

    /** The pictures that the subset in a folder names, so far as there is one: nothing else in it is a curation's. */
    static Set<String> pictures(Path folder) throws IOException {
        var pictures = new HashSet<String>();
        try {
            if (Files.exists(folder.resolve(MANIFEST))) {
                try (var lines = Files.lines(folder.resolve(MANIFEST))) {
                    lines.map(JSON::readTree).forEach(item -> {
                        pictures.add(item.path("source").asString(""));
                        item.path("candidates")
                                .forEach(candidate ->
                                        pictures.add(candidate.path("image").asString("")));
                    });
                }
            }
            if (Files.exists(folder.resolve(STEP1X))) {
                JSON.readTree(Files.readAllBytes(folder.resolve(STEP1X)))
                        .properties()
                        .forEach(entry -> pictures.add(entry.getKey()));
            }
        } catch (JacksonException | UncheckedIOException changed) {
            // what somebody has written over is not known any more, and stays
        }
        pictures.removeIf(picture -> !OWN.matcher(picture).matches());
        return pictures;
    }

    private final class Copying implements EditSource.Visitor {
        private final Curated.Wanted wanted;
        private final Set<String> missing;

        Copying(Curated.Wanted wanted, Set<String> missing) {
            this.wanted = wanted;
            this.missing = missing;
        }

        @Override
        public void item(EditItem item) throws IOException {
            copy(item.source());
            for (var edit : item.edits()) {
                copy(edit.picture());
            }
        }

        private void copy(EditItem.Picture picture) throws IOException {
            var extension = PictureReader.extension(picture.bytes()).orElse("");
            var file = IMAGES + "/" + Sha256.hexadecimal(picture.bytes()) + "." + extension;
            if (missing.remove(file)) {
                Files.write(folder.resolve(file), picture.bytes());
            }
            if (wanted.shown().contains(file)) {
                shown.putIfAbsent(file, picture.bytes());
            }
        }

        @Override
        public void fault(EditItem.Fault fault) {
            // told when it was scored; a chosen picture that is gone stays missing
        }
    }

    /** Pictures that the report shows, by their files. */
    Map<String, byte[]> shown() {
        return shown;
    }

    /** How many items the manifest has, and how many of them have nothing that could be compared. */
    record Items(int all, long withOneCandidate) {}

    /** An item of the subset, whichever rows its candidates came from. */
    private record Item(
            String instruction,
            @Nullable String category,
            String source,
            Map<String, Object> metadata,
            List<Map<String, Object>> candidates) {}

    /**
     * Writes the manifest.
     *
     * @param model number of the reward model's version
     * @return the items
     */
    Items writeManifest(int model) throws IOException {
        var items = new LinkedHashMap<String, Item>();
        var idOf = new LinkedHashMap<String, String>();
        var taken = new HashMap<String, Integer>();
        curated.forEach((row, first) -> {
            for (int i = 0; i < row.edits().size(); i++) {
                if (curated.isChosen(first + i)) {
                    idOf.computeIfAbsent(row.item(), item -> free(row.id(), taken));
                    items.computeIfAbsent(
                                    row.item(),
                                    item -> new Item(
                                            row.instruction(),
                                            row.category(),
                                            row.sourceFile(),
                                            row.metadata(),
                                            new ArrayList<>()))
                            .candidates()
                            .add(candidate(row.edits().get(i), model));
                }
            }
        });
        try (var out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(MANIFEST)))) {
            for (var entry : items.entrySet()) {
                var line = new LinkedHashMap<String, Object>();
                line.put("id", Objects.requireNonNull(idOf.get(entry.getKey())));
                line.put("instruction", entry.getValue().instruction());
                line.put("source", entry.getValue().source());
                if (entry.getValue().category() != null) {
                    line.put("category", entry.getValue().category());
                }
                line.put("candidates", entry.getValue().candidates());
                entry.getValue().metadata().forEach(line::putIfAbsent);
                out.write(JSON.writeValueAsBytes(line));
                out.write('\n');
            }
        }
        return new Items(
                items.size(),
                items.values().stream()
                        .filter(item -> item.candidates().size() == 1)
                        .count());
    }

    /** The id, or with the next number behind it. A set may have one id for all of its rows. */
    private static String free(String id, Map<String, Integer> taken) {
        int number = taken.merge(id, 1, Integer::sum);
        var free = id;
        while (number > 1) {
            free = id + "-" + number;
            if (taken.putIfAbsent(free, 1) == null) {
                break;
            }
            number = taken.merge(id, 1, Integer::sum);
        }
        return free;
    }

    /** A manifest keeps keys that it does not know. */
    private static Map<String, Object> candidate(ScoredRow.ScoredEdit edit, int model) {
        var candidate = new LinkedHashMap<String, Object>();
        candidate.put("model", edit.model() == null ? "unknown" : edit.model());
        candidate.put("image", edit.file());
        var score = new LinkedHashMap<String, @Nullable Object>();
        score.put("mu", edit.overall().mu());
        score.put("sigma", edit.overall().sigma());
        score.put("epistemic", edit.overall().epistemic());
        score.put("model", model);
        candidate.put("score", score);
        edit.metadata().forEach(candidate::putIfAbsent);
        return candidate;
    }

    /** An object by the edited picture's path, whose loader keeps one instruction for each: a second one gets a copy. */
    void writeStep1x() throws IOException {
        var taken = new HashMap<String, Integer>();
        try (var out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(STEP1X)));
                var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            curated.forEach((row, first) -> {
                for (int i = 0; i < row.edits().size(); i++) {
                    if (curated.isChosen(first + i)) {
                        json.writeName(ownFile(row.edits().get(i).file(), taken));
                        json.writePOJO(Map.of("caption", row.instruction(), "ref_image_path", row.sourceFile()));
                    }
                }
            });
            json.writeEndObject();
        }
        Files.writeString(folder.resolve(STEP1X_CONFIGURATION), """
                # start the training in this folder: the paths are relative to it
                [general]
                shuffle_caption = false
                caption_extension = '.txt'
                keep_tokens = 1

                [[datasets]]
                resolution = [768, 768]
                batch_size = 1
                edit_dataset = true

                  [[datasets.subsets]]
                  image_dir = "images"
                  metadata_file = "step1x-edit.json"
                """);
    }

    private String ownFile(String file, Map<String, Integer> taken) throws IOException {
        int number = taken.merge(file, 1, Integer::sum);
        if (number == 1) {
            return file;
        }
        var own = file.replaceFirst("\\.", "-" + number + ".");
        Files.copy(folder.resolve(file), folder.resolve(own));
        return own;
    }
}
