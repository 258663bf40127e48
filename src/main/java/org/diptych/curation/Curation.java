package org.diptych.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what was curated into a folder: everything beside its place first, and then moved there.
 *
 * @param inputs the files, as when they were scored
 * @param model the reward model's version
 * @param rules by which is chosen
 * @param seed of the examples in the report
 */
public record Curation(List<? extends EditSource> inputs, Model model, Rules rules, long seed) {
    /** The scores, from which an interrupted run goes on. */
    public static final String JOURNAL = "scores.resume.jsonl";

    /** How names begin that nothing but a killed run leaves behind. */
    static final String DRAFT = ".curation-";

    /** Held by the run that writes into the folder. */
    static final String LOCK = ".curation.lock";

    private static final String REPORT = "report.json";
    private static final int MOST_FAULTS = 100;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> FILES = List.of(
            CuratedFolder.MANIFEST,
            CuratedFolder.STEP1X,
            CuratedFolder.STEP1X_CONFIGURATION,
            ScoreTableFile.NAME,
            SubsetTableFile.NAME,
            CurationReport.NAME,
            REPORT);

    public Curation {
        inputs = List.copyOf(inputs);
    }

    /**
     * A version of a reward model.
     *
     * @param number within its campaign
     * @param digest SHA-256 of its parameters
     */
    public record Model(String campaign, int number, String digest) {}

    /**
     * What a folder holds that keeps a curation out of it, or null. One that was curated before is known by its scores or its
     * report, and what else lies in it (a training's logs, say) stays untouched; in another only hidden files may be.
     */
    public static @Nullable String foreign(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return null;
        }
        boolean isCurated = Files.exists(folder.resolve(JOURNAL))
                || (Files.exists(folder.resolve(REPORT)) && Files.exists(folder.resolve(ScoreTableFile.NAME)));
        if (isCurated) {
            return null;
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith(".") && !name.equals("Thumbs.db"))
                    .sorted()
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * Deletes a journal without a score.
     *
     * @param isNew whether the folder was made for it, and goes with it
     */
    public static void discardUnscored(Path folder, boolean isNew) throws IOException {
        var journal = folder.resolve(JOURNAL);
        if (Files.exists(journal) && ScoreJournal.hasScores(journal)) {
            return;
        }
        Files.deleteIfExists(journal);
        Files.deleteIfExists(folder.resolve(LOCK));
        if (isNew) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * Chooses and writes.
     *
     * @return the report
     */
    public Map<String, Object> write(ScoreJournal journal, Path folder) throws IOException, InterruptedException {
        var candidates = Curated.candidates(journal);
        var curated = Curated.of(journal, candidates, rules, seed);
        deleteDrafts(folder);
        var draft = Files.createTempDirectory(folder, DRAFT);
        try {
            var subset = new CuratedFolder(draft, curated);
            subset.copyPictures(inputs);
            var items = subset.writeManifest(model.number());
            subset.writeStep1x();
            ScoreTableFile.write(draft, curated, names(), model.number(), model.digest());
            SubsetTableFile.write(draft, curated, model.number(), model.digest());
            var histograms = histograms(curated);
            var report = report(curated, candidates, items, histograms);
            Files.write(
                    draft.resolve(REPORT), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
            Files.writeString(
                    draft.resolve(CurationReport.NAME),
                    CurationReport.of(facts(report), curated, histograms, subset.shown()));
            move(draft, folder);
            return report;
        } finally {
            Folders.delete(draft);
        }
    }

    private List<String> names() {
        return inputs.stream().map(input -> input.file().toString()).toList();
    }

    private static Map<String, Summary.Histogram> histograms(Curated curated) throws IOException {
        var summary = new Summary();
        curated.forEach((row, first) -> row.edits().forEach(summary::measure));
        curated.forEach((row, first) -> {
            for (int i = 0; i < row.edits().size(); i++) {
                summary.count(row.edits().get(i), curated.isChosen(first + i));
            }
        });
        return summary.histograms();
    }

    private Map<String, Object> report(
            Curated curated,
            List<Candidate> candidates,
            CuratedFolder.Items items,
            Map<String, Summary.Histogram> histograms)
            throws IOException {
        long[] faults = {0};
        var first = new ArrayList<String>();
        curated.journal().forEach(row -> {
            for (var fault : row.faults()) {
                faults[0]++;
                if (first.size() < MOST_FAULTS) {
                    first.add(fault.in(names().get(row.input())));
                }
            }
        });
        var outcomes = new LinkedHashMap<String, Long>();
        curated.choice().counts().forEach((reason, count) -> outcomes.put(reason.key(), count));
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("campaign", model.campaign());
        report.put("model", model.number());
        report.put("digest", model.digest());
        report.put("inputs", names());
        report.put("candidates", candidates.size());
        report.put("wanted", rules.top());
        report.put("chosen", outcomes.get(Reason.CHOSEN.key()));
        report.put("certainty", rules.statedCertainty());
        report.put("chosenBelowCertainty", curated.choice().unsure());
        report.put("modelRanks", Choice.isRanked(candidates, rules));
        report.put("items", items.all());
        report.put("itemsWithOneCandidate", items.withOneCandidate());
        report.put("outcomes", outcomes);
        report.put("faults", faults[0]);
        report.put("firstFaults", first);
        report.put("rules", rules());
        report.put(
                "similarity",
                "bits of " + Fingerprint.BITS
                        + " in which the fingerprints of source and edit differ; copies are sought among"
                        + " edits of one instruction only, and no part of one is of a visibly different colour");
        report.put("seed", seed);
        report.put("scores", histograms);
        return report;
    }

    private static Map<String, String> facts(Map<String, Object> report) {
        var facts = new LinkedHashMap<String, String>();
        facts.put(
                "Model",
                "version %s of %s (%s)".formatted(report.get("model"), report.get("campaign"), report.get("digest")));
        facts.put("Inputs", String.valueOf(report.get("inputs")));
        facts.put("Candidates", String.valueOf(report.get("candidates")));
        facts.put("Chosen", report.get("chosen") + ", of " + report.get("items") + " instructions");
        facts.put(
                "Chosen with a certainty below " + report.get("certainty"),
                String.valueOf(report.get("chosenBelowCertainty")));
        if (Boolean.FALSE.equals(report.get("modelRanks"))) {
            facts.put("Caution", "the model knows too little to rank these candidates; it needs more labels");
        }
        facts.put("Pictures and rows that could not be read", String.valueOf(report.get("faults")));
        facts.put("Rules", JSON.writeValueAsString(report.get("rules")));
        facts.put("Similarity", String.valueOf(report.get("similarity")));
        return facts;
    }

    private static void move(Path draft, Path folder) throws IOException {
        var before = CuratedFolder.pictures(folder);
        var images = Files.createDirectories(folder.resolve(CuratedFolder.IMAGES));
        // first what is named, then what names it, and last away with what nothing names any more: a run that is killed
        // in between leaves no manifest without its pictures
        try (var pictures = Files.newDirectoryStream(draft.resolve(CuratedFolder.IMAGES))) {
            for (var picture : pictures) {
                Files.move(picture, images.resolve(picture.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (var name : FILES) {
            Files.move(draft.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        before.removeAll(CuratedFolder.pictures(folder));
        for (var picture : before) {
            Files.deleteIfExists(folder.resolve(picture));
        }
    }

    /** What is left of a run that was killed. */
    private static void deleteDrafts(Path folder) throws IOException {
        try (var drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (var draft : drafts) {
                Folders.delete(draft);
            }
        }
    }
}
