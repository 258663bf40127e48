package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** README.md: front matter that the hub reads, and a body that people read. */
final class DatasetCard {
    /** What a licence is called that nobody named. */
    static final String NO_LICENCE = "unknown";

    private final DatasetTexts texts;
    private final List<Archive.DataFile> files;

    DatasetCard(DatasetTexts texts, List<Archive.DataFile> files) {
        this.texts = texts;
        this.files = files;
    }

    String text() {
        var yaml = new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setUseUnicodeEncoding(true)
                        .build())
                .dumpToString(frontMatter());
        return "---\n" + yaml + "---\n\n" + body();
    }

    private Map<String, Object> frontMatter() {
        var matter = new LinkedHashMap<String, Object>();
        matter.put("pretty_name", texts.facts().campaign());
        licence(matter, texts.options().licence());
        matter.put("task_categories", List.of("image-text-to-image"));
        matter.put("tags", List.of("image-editing", "preference", "reward-modeling", "human-feedback", "diptych"));
        matter.put("annotations_creators", creators());
        matter.put("source_datasets", List.of("original"));
        matter.put("size_categories", List.of(size(texts.facts().pairs())));
        var configs = new LinkedHashMap<String, List<Archive.DataFile>>();
        for (var file : files) {
            configs.computeIfAbsent(file.config(), _ -> new ArrayList<>()).add(file);
        }
        var declared = new ArrayList<Map<String, Object>>();
        var described = new ArrayList<Map<String, Object>>();
        for (var config : configs.entrySet()) {
            declared.add(config(config.getKey(), config.getValue(), declared.isEmpty()));
            if (!config.getValue().getFirst().columns().names().isEmpty()) {
                described.add(info(config.getKey(), config.getValue()));
            }
        }
        matter.put("configs", declared);
        if (!described.isEmpty()) {
            matter.put("dataset_info", described);
        }
        return matter;
    }

    /** The hub knows identifiers of SPDX in lower case; one that the team made up goes by its name. */
    private static void licence(Map<String, Object> matter, String licence) {
        boolean own = licence.startsWith("LicenseRef-");
        matter.put("license", own ? "other" : licence.toLowerCase(Locale.ROOT));
        if (own) {
            matter.put("license_name", licence.substring("LicenseRef-".length()).toLowerCase(Locale.ROOT));
        }
    }

    private List<String> creators() {
        var creators = new ArrayList<String>();
        if (texts.facts().annotators() > texts.facts().simulated()) {
            creators.add("expert-generated");
        }
        if (texts.facts().simulated() > 0) {
            creators.add("machine-generated");
        }
        return creators;
    }

    private static Map<String, Object> config(String name, List<Archive.DataFile> files, boolean first) {
        var config = new LinkedHashMap<String, Object>();
        config.put("config_name", name);
        config.put(
                "data_files",
                loaded(files).entrySet().stream()
                        .map(split -> ordered("split", split.getKey(), "path", paths(split.getValue())))
                        .toList());
        if (first) {
            config.put("default", true);
        }
        return config;
    }

    private static Object paths(List<Archive.DataFile> files) {
        var paths = files.stream().map(Archive.DataFile::path).toList();
        return paths.size() == 1 ? paths.getFirst() : paths;
    }

    /**
     * The files of each split. {@code datasets} compares the splits that it finds with those that are described: both leave
     * empty parts out.
     */
    private static Map<String, List<Archive.DataFile>> loaded(List<Archive.DataFile> files) {
        return files.stream()
                .filter(file -> file.rows() > 0 || file.split().equals("train"))
                .collect(Collectors.groupingBy(Archive.DataFile::split, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<String, Object> info(String name, List<Archive.DataFile> files) {
        var info = new LinkedHashMap<String, Object>();
        info.put("config_name", name);
        info.put("features", files.getFirst().columns().card());
        info.put(
                "splits",
                loaded(files).entrySet().stream()
                        .map(each -> {
                            var split = ordered("name", each.getKey(), "num_bytes", bytes(each.getValue()));
                            split.put(
                                    "num_examples",
                                    each.getValue().stream()
                                            .mapToLong(Archive.DataFile::rows)
                                            .sum());
                            return split;
                        })
                        .toList());
        info.put("download_size", bytes(files));
        info.put("dataset_size", bytes(files));
        return info;
    }

    private static long bytes(List<Archive.DataFile> files) {
        return files.stream().mapToLong(Archive.DataFile::bytes).sum();
    }

    private static Map<String, Object> ordered(String one, Object first, String other, Object second) {
        var map = new LinkedHashMap<String, Object>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }

    private static String size(long pairs) {
        if (pairs < 1_000) {
            return "n<1K";
        }
        if (pairs < 10_000) {
            return "1K<n<10K";
        }
        if (pairs < 100_000) {
            return "10K<n<100K";
        }
        return pairs < 1_000_000 ? "100K<n<1M" : "1M<n<10M";
    }

    private String body() {
        var text =
                new StringBuilder("# ").append(line(texts.facts().campaign())).append("\n\n");
        text.append(line(texts.summary()))
                .append(' ')
                .append(texts.collection())
                .append("\n\n");
        section(text, "Files", texts.parts());
        for (var file : files) {
            text.append("- `")
                    .append(file.path())
                    .append("`: ")
                    .append(file.rows())
                    .append(" rows, SHA-256 `");
            text.append(file.sha256()).append("`\n");
        }
        text.append('\n');
        section(text, "Protocol", texts.protocols());
        section(text, "How pairs were chosen", texts.chosen());
        section(
                text,
                "Answers",
                texts.perItem() + " Answers are from " + texts.timeframe() + ". " + texts.aggregation() + " "
                        + texts.ties() + " " + texts.missing());
        section(text, "Agreement of the campaign's annotators", lines(texts.agreement()));
        section(text, "Biases", texts.biases());
        section(text, "Machines", texts.machines());
        section(text, "Names", texts.people());
        section(text, "Limits", texts.limits());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        text.append("## ").append(title).append("\n\n");
        if (!content.isEmpty()) {
            text.append(content).append("\n\n");
        }
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "Not measured." : "- " + String.join("\n- ", lines);
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }
}
