package org.diptych.curation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.coobird.thumbnailator.Thumbnails;
import org.diptych.service.image.ImageLimits;
import org.diptych.service.image.InvalidImageException;
import org.diptych.service.image.PictureReader;

/** The report as one HTML file that needs no other: histograms, what became of the candidates, and what is in each decile. */
final class CurationReport {
    static final String NAME = "report.html";

    private static final int THUMBNAIL = 160;
    private static final int BAR = 10;
    private static final int HEIGHT = 120;
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c1c1c; --dim: #666; --paper: #fff; --line: #ddd; --all: #b8c4d0;
              --in: #2b6cb0; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --dim: #9a9a9a; --paper: #161616; --line: #3a3a3a;
              --all: #4a5560; --in: #6cb0f0; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem;
              margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
            table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1.2rem .2rem 0;
              border-bottom: 1px solid var(--line); } td.number { text-align: right; font-variant-numeric: tabular-nums; }
            figure { margin: 1rem 0; } figcaption { color: var(--dim); font-size: .85rem; overflow-wrap: anywhere; }
            .histograms, .examples { display: flex; flex-wrap: wrap; gap: 1.5rem; }
            .example img { max-width: 10rem; max-height: 10rem; vertical-align: top; }
            .example { max-width: 21rem; } .all { fill: var(--all); } .in { fill: var(--in); }
            svg text { fill: var(--dim); font-size: 11px; } line { stroke: var(--ink); stroke-dasharray: 3 2; }
            """;

    private final PictureReader reader = new PictureReader(new ImageLimits(EditSource.LARGEST_PICTURE, 64_000_000));
    private final StringBuilder page = new StringBuilder();

    private CurationReport() {}

    /**
     * The page.
     *
     * @param facts what was done, in words, by what it is about
     * @param pictures the files that examples show
     */
    static String of(
            Map<String, String> facts,
            Curated curated,
            Map<String, Summary.Histogram> histograms,
            Map<String, byte[]> pictures)
            throws IOException, InterruptedException {
        var report = new CurationReport();
        report.begin(facts);
        report.outcomes(curated.choice().counts());
        report.page.append(
                "<h2>Scores</h2><p>Light bars are all candidates, dark ones those that were chosen; the dashed"
                        + " line is the lowest score that was chosen.</p><div class=\"histograms\">");
        histograms.forEach(report::histogram);
        report.page.append("</div>");
        report.examples(curated, pictures);
        return report.page.append("</body></html>\n").toString();
    }

    private void begin(Map<String, String> facts) {
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width\"><title>Curation</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Curation</h1><table>");
        facts.forEach((name, fact) -> page.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(fact))
                .append("</td></tr>"));
        page.append("</table>");
    }

    private void outcomes(Map<Reason, Long> counts) {
        page.append("<h2>What became of the candidates</h2><table>");
        counts.forEach((reason, count) -> page.append("<tr><th scope=\"row\">")
                .append(said(reason))
                .append("</th><td class=\"number\">")
                .append(count)
                .append("</td></tr>"));
        page.append("</table>");
    }

    private void histogram(String dimension, Summary.Histogram histogram) {
        long most = Math.max(
                1, histogram.all().stream().mapToLong(count -> count).max().orElse(1));
        int width = BAR * histogram.all().size();
        page.append("<figure><svg role=\"img\" aria-label=\"Histogram of ")
                .append(escaped(dimension))
                .append(format(
                        "\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
                        width, HEIGHT + 16, width, HEIGHT + 16));
        bars("all", histogram.all(), most);
        bars("in", histogram.chosen(), most);
        var lowest = histogram.lowestChosen();
        if (lowest != null && histogram.highest() > histogram.lowest()) {
            double x = (lowest - histogram.lowest()) / (histogram.highest() - histogram.lowest()) * width;
            page.append(format("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>", x, x, HEIGHT));
        }
        page.append(format(
                        "<text x=\"0\" y=\"%d\">%.2f</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.2f</text>",
                        HEIGHT + 13, histogram.lowest(), width, HEIGHT + 13, histogram.highest()))
                .append("</svg><figcaption>")
                .append(escaped(dimension))
                .append(", at most ")
                .append(most)
                .append(" in a bar</figcaption></figure>");
    }

    private void bars(String kind, List<Long> counts, long most) {
        for (int bar = 0; bar < counts.size(); bar++) {
            double height = (double) counts.get(bar) / most * HEIGHT;
            page.append(format(
                    "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                    kind, bar * BAR, HEIGHT - height, BAR - 1, height));
        }
    }

    private void examples(Curated curated, Map<String, byte[]> pictures) throws IOException, InterruptedException {
        var figures = new HashMap<Integer, String>();
        var thumbnails = new HashMap<String, String>();
        for (var picture : pictures.entrySet()) {
            thumbnails.put(picture.getKey(), thumbnail(picture.getValue()));
        }
        curated.forEach((row, first) -> {
            for (int i = 0; i < row.edits().size(); i++) {
                int ordinal = first + i;
                if (curated.examples().stream().anyMatch(decile -> decile.contains(ordinal))) {
                    figures.put(
                            ordinal,
                            figure(
                                    row,
                                    row.edits().get(i),
                                    thumbnails,
                                    curated.choice().outcome(ordinal)));
                }
            }
        });
        page.append("<h2>Examples</h2><p>Source and edit, two drawn from each tenth of the candidates.</p>");
        for (int decile = 0; decile < curated.examples().size(); decile++) {
            page.append(format(
                    "<h3>%d to %d %% from the top</h3><div class=\"examples\">", 10 * decile, 10 * (decile + 1)));
            curated.examples().get(decile).forEach(ordinal -> page.append(figures.getOrDefault(ordinal, "")));
            page.append("</div>");
        }
    }

    private static String figure(
            ScoredRow row, ScoredRow.ScoredEdit edit, Map<String, String> thumbnails, Choice.Outcome outcome) {
        return "<figure class=\"example\">" + image("Source", thumbnails.getOrDefault(row.sourceFile(), "")) + " "
                + image("Edit", thumbnails.getOrDefault(edit.file(), "")) + "<figcaption>"
                + format("%.3f ± %.3f, ", edit.overall().mu(), edit.overall().doubt())
                + said(outcome.reason())
                + "<br>" + escaped(row.instruction())
                + "<br>" + escaped(row.id() + " " + edit.image()) + "</figcaption></figure>";
    }

    private static String image(String what, String data) {
        return data.isEmpty() ? "" : "<img alt=\"" + what + "\" src=\"data:image/jpeg;base64," + data + "\">";
    }

    private String thumbnail(byte[] file) throws IOException, InterruptedException {
        try {
            var bytes = new ByteArrayOutputStream();
            Thumbnails.of(reader.read(file))
                    .size(THUMBNAIL, THUMBNAIL)
                    .imageType(BufferedImage.TYPE_INT_RGB)
                    .outputFormat("jpg")
                    .outputQuality(0.8)
                    .toOutputStream(bytes);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (InvalidImageException changed) {
            return "";
        }
    }

    private static String said(Reason reason) {
        return switch (reason) {
            case CHOSEN -> "chosen";
            case DUPLICATE -> "the same bytes and instruction as a better one";
            case NEAR_DUPLICATE -> "looks the same as a better one";
            case BELOW_THRESHOLD -> "below the stated score";
            case NOT_BEST_OF_ITEM -> "not the best of its instruction";
            case BEYOND_TOP -> "enough better ones";
            case QUOTA_FULL -> "enough better ones of its category";
            case TOO_SIMILAR -> "too similar to a chosen one";
            case UNCERTAIN -> "too uncertain to be ranked there";
        };
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
