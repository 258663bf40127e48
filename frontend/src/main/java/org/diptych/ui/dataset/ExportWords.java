package org.diptych.ui.dataset;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.ArrayList;
import java.util.List;
import org.diptych.service.dataset.DatasetExport;
import org.diptych.service.dataset.ExportWish;
import org.diptych.ui.shell.Figures;

/** An export in words. */
final class ExportWords {
    private static final int START_OF_DIGEST = 12;

    private ExportWords() {}

    static String title(DatasetExport export) {
        return translate(
                "export.job",
                String.valueOf(export.number()),
                translate("export." + export.wish().format()));
    }

    /** Filter and options; what is usual goes without saying. */
    static String options(ExportWish wish) {
        var words = new ArrayList<String>();
        wish.filter().stream().map(ExportWords::filter).forEach(words::add);
        ExportAddress.options(wish).forEach((name, value) -> {
            if (value != null) {
                boolean free = name.equals("split") || name.equals("licence");
                words.add(translate("export." + name) + ": "
                        + (free ? value : translate("export." + name + "." + value)));
            }
        });
        return words.isEmpty() ? translate("export.usual") : String.join(" · ", words);
    }

    private static String filter(String word) {
        int sign = word.indexOf('=');
        var name = word.substring(0, Math.max(0, sign));
        var value = word.substring(sign + 1);
        return switch (name) {
            case "stratum" -> translate("stratum." + value);
            case "protocol", "annotator", "model", "from", "to" -> translate("export.filter." + name) + ": " + value;
            case "simulated", "extra", "superseded", "taken-out", "excluded" ->
                translate("export.filter." + name) + ": " + translate("export.filter." + value);
            default -> word;
        };
    }

    /** Rows, length, digest. */
    static String result(DatasetExport export) {
        var words = new ArrayList<String>();
        if (export.rows() != null) {
            words.add(translate("export.rows", Figures.count(export.rows())));
        }
        if (export.leftOut() != null && export.leftOut() > 0) {
            words.add(translate("export.leftout", Figures.count(export.leftOut())));
        }
        if (export.bytes() != null) {
            words.add(bytes(export.bytes()));
        }
        return String.join(", ", words);
    }

    static String digest(DatasetExport export) {
        return export.sha256() == null ? "" : export.sha256().substring(0, START_OF_DIGEST);
    }

    /** A length in the largest unit of which there is one. */
    static String bytes(long bytes) {
        var units = List.of("B", "kB", "MB", "GB", "TB");
        double value = bytes;
        int unit = 0;
        while (value >= 1_000 && unit < units.size() - 1) {
            value /= 1_000;
            unit++;
        }
        return Figures.decimals(value, unit == 0 || value >= 100 ? 0 : 1) + " " + units.get(unit);
    }
}
