package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** README.md: front matter that the hub reads, and a body that people read. */
final class DatasetCard {
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
        matter.put("license", texts.options().licence().toLowerCase(Locale.ROOT));
        matter.put("task_categories", List.of("image-text-to-image"));
        matter.put("tags", List.of("image-editing", "preference", "reward-modeling", "human-feedback", "diptych"));
        matter.put(
                "annotations_creators",
                List.of(texts.facts().simulated() > 0 ? "machine-generated" : "expert-generated"));
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

    private static Map<String, Object> config(String name, List<Archive.DataFile> files, boolean first) {
        var config = new LinkedHashMap<String, Object>();
        config.put("config_name", name);
        config.put(
                "data_files",
                files.stream()
                        .filter(DatasetCard::isLoaded)
                        .map(file -> ordered("split", file.split(), "path", file.path()))
                        .toList());
        if (first) {
            config.put("default", true);
        }
        return config;
    }

    /** {@code datasets} compares the splits that it finds with those that are described: both leave empty parts out. */
    private static boolean isLoaded(Archive.DataFile file) {
        return file.rows() > 0 || file.split().equals("train");
    }

    private static Map<String, Object> info(String name, List<Archive.DataFile> files) {
        var info = new LinkedHashMap<String, Object>();
        info.put("config_name", name);
        info.put("features", files.getFirst().columns().card());
        info.put(
                "splits",
                files.stream()
                        .filter(DatasetCard::isLoaded)
                        .map(file -> {
                            var split = ordered("name", file.split(), "num_bytes", file.bytes());
                            split.put("num_examples", file.rows());
                            return split;
                        })
                        .toList());
        long bytes = files.stream().mapToLong(Archive.DataFile::bytes).sum();
        info.put("download_size", bytes);
        info.put("dataset_size", bytes);
        return info;
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
        return pairs < 100_000 ? "10K<n<100K" : "100K<n<1M";
    }

    private String body() {
        var text =
                new StringBuilder("# ").append(line(texts.facts().campaign())).append("\n\n");
        text.append(line(texts.summary()))
                .append(' ')
                .append(texts.collection())
                .append("\n\n");
        section(text, "Files", "");
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
                        + texts.missing());
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
