package org.diptych.reward;

import java.util.Locale;

/** The model card for people, in Markdown. */
final class CardText {

    private CardText() {}

    static String of(ModelCard card) {
        var text = new StringBuilder("# Reward model\n\n");
        var from = card.provenance();
        line(
                text,
                "Trained on %d labels of %d source images, %d optimizer steps, %d ensemble members.",
                card.labels(),
                card.groups(),
                card.steps(),
                card.members());
        text.append('\n');
        text.append("| from | |\n|---|---|\n");
        row(text, "dataset snapshot", from.snapshotDigest());
        row(text, "protocol", from.protocolHash());
        row(text, "code revision", from.codeRevision());
        row(text, "seed", Long.toString(from.seed()));
        row(text, "encoder", from.encoderId());
        row(text, "device", from.device());
        row(text, "parameters (SHA-256)", card.parametersDigest());
        text.append("\n## On labels that were held out\n\n");
        text.append(
                "Grouped by source image and by instruction; these labels also chose the priors and the calibration.\n\n");
        text.append(
                "| head | prior | accuracy without ties | log loss | Brier | calibration error | slope | tie threshold |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (var head : card.heads()) {
            calibration(text, head.dimension(), head.prior().name(), head.calibration());
        }
        calibration(text, "overall", "", card.overall());
        reliability(text, "overall", card.overall());
        for (var head : card.heads()) {
            reliability(text, head.dimension(), head.calibration());
        }
        annotators(text, card);
        return text.toString();
    }

    private static void reliability(StringBuilder text, String name, Calibration calibration) {
        line(text, "%n## Reliability, %s%n%n| predicted | observed | weight |%n|---|---|---|", name);
        for (var bin : calibration.curve()) {
            line(text, "| %.3f | %.3f | %.1f |", bin.predicted(), bin.observed(), bin.weight());
        }
    }

    private static void annotators(StringBuilder text, ModelCard card) {
        text.append(
                        "\n## Annotators\n\nA label counts by its annotator's agreement with the consensus on shared pairs; the left")
                .append(" side's worth is in logits.\n\n");
        text.append(
                "| annotator | labels | shared verdicts | reliability | weight | left side |\n|---|---|---|---|---|---|\n");
        for (var annotator : card.annotators()) {
            line(
                    text,
                    "| %d | %d | %d | %s | %.2f | %.2f |",
                    annotator.number(),
                    annotator.labels(),
                    annotator.shared(),
                    annotator.reliability() == null
                            ? "not measured"
                            : String.format(Locale.ROOT, "%.2f", annotator.reliability()),
                    annotator.weight(),
                    annotator.leftAdvantage());
        }
    }

    private static void calibration(StringBuilder text, String name, String prior, Calibration calibration) {
        line(
                text,
                "| %s | %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |",
                name,
                prior,
                calibration.accuracy(),
                calibration.logLoss(),
                calibration.brier(),
                calibration.calibrationError(),
                calibration.slope(),
                calibration.eta());
    }

    private static void row(StringBuilder text, String name, String value) {
        line(text, "| %s | %s |", name, value);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
