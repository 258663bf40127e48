package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.CampaignAgreement;

/**
 * What a dataset's card and its metadata say in sentences, from the facts.
 *
 * @param modelFailed whether the model of the annotators was asked for and votes had to do
 */
record DatasetTexts(DatasetFacts facts, ExportOptions options, boolean modelFailed, long leftOut) {
    private static final String ADJUDICATED =
            " Where an adjudicator decided, that decision stands in their place; the column `consensus` says so.";

    String summary() {
        return "Human preferences between edited images, from the campaign \"" + facts.campaign() + "\": "
                + facts.labels() + " answers by " + facts.annotators() + " annotators to " + facts.pairs()
                + " pairs of edits.";
    }

    String collection() {
        return "Annotators compared two edits of one source image side by side, made after one instruction, without being told"
                + " which model made them. The sides were drawn at random for every answer.";
    }

    String timeframe() {
        return facts.first() == null ? "no answers" : facts.first() + " to " + facts.last();
    }

    String chosen() {
        var text = new StringBuilder("Answers by stratum: ")
                .append(facts.strata().entrySet().stream()
                        .map(stratum -> stratum.getKey() + " " + stratum.getValue())
                        .collect(Collectors.joining(", ")))
                .append(". Pairs of the stratum uniform were drawn at random and measure without bias;")
                .append(" acquired ones were chosen because the reward model was unsure of them, each with its")
                .append(" selection_probability.");
        if (!facts.policies().isEmpty()) {
            text.append(" Policies that chose: ")
                    .append(String.join(", ", facts.policies()))
                    .append('.');
        }
        return text.append(imported()).toString();
    }

    /** What nobody here can answer for. */
    private String imported() {
        return facts.strata().containsKey("imported")
                ? " Answers of the stratum imported were given in another tool; how their pairs were chosen, and whether people"
                        + " gave them, is not known here."
                : "";
    }

    String missing() {
        return facts.skips() + " times an annotator said that a pair cannot be judged (skipped, with a reason). "
                + leftOut
                + " labelled tasks have no row, because what is said of them is undecided or contradicts itself.";
    }

    String perItem() {
        return facts.fewest() == facts.most()
                ? facts.most() + " answers to each pair."
                : facts.fewest() + " to " + facts.most() + " answers to each pair.";
    }

    String aggregation() {
        if (modelFailed) {
            return "A model of the annotators was asked for and did not converge on these answers. They are counted: shares are"
                    + " soft labels, the verdict has the most votes (a tie where two lead)." + ADJUDICATED;
        }
        return switch (options.consensus()) {
            case MAJORITY ->
                "Answers to one task are counted: shares are soft labels, the verdict has the most votes (a tie where two lead)."
                        + ADJUDICATED;
            case DAWID_SKENE ->
                "Answers to one task are joined by a Dawid-Skene model of the annotators (one number for each annotator while"
                        + " labels are few): shares are its posterior, the verdict is the most likely one."
                        + ADJUDICATED;
        };
    }

    List<String> agreement() {
        var lines = new ArrayList<String>();
        var agreement = facts.agreement();
        if (agreement == null) {
            return lines;
        }
        for (var stratum : agreement.strata()) {
            for (var dimension : stratum.dimensions()) {
                var verdicts = dimension.verdicts();
                lines.add(stratum.name() + ", " + dimension.dimension() + ": Krippendorff's alpha (nominal, verdicts) "
                        + figure(verdicts.alpha()) + ", Gwet's AC1 " + figure(verdicts.gwet()) + ", plain agreement "
                        + figure(verdicts.percent()) + ", " + verdicts.pairable() + " pairs answered twice or more");
            }
        }
        return lines;
    }

    private static String figure(CampaignAgreement.Figure figure) {
        if (figure.value() == null) {
            return "undefined" + (figure.reason() == null ? "" : " (" + figure.reason() + ")");
        }
        return figure.low() == null || figure.high() == null
                ? number(figure.value())
                : number(figure.value()) + " (95 % interval " + number(figure.low()) + " to " + number(figure.high())
                        + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    String biases() {
        return "The left edit was preferred in " + facts.leftChosen() + " of " + facts.decided()
                + " decided answers (half is expected without position bias). Acquired pairs are hard by choice: measure on"
                + " the stratum uniform." + simulated();
    }

    private String simulated() {
        return (facts.simulated() == 0
                        ? ""
                        : " " + facts.simulated() + " of the annotators are programs; their rows are marked simulated.")
                + imported();
    }

    String machines() {
        return facts.policies().isEmpty()
                ? "None chose pairs or gave answers." + simulated()
                : "A reward model trained on earlier answers chose the pairs of the stratum acquired. No model gave answers."
                        + simulated();
    }

    String protocol(Protocol protocol) {
        var text = new StringBuilder(protocol.title().in("en"))
                .append(" (")
                .append(protocol.reference())
                .append(", SHA-256 ")
                .append(protocol.sha256())
                .append(").");
        for (var dimension : protocol.dimensions()) {
            text.append("\n- ")
                    .append(dimension.id())
                    .append(": ")
                    .append(dimension.question().in("en"));
            for (var level : dimension.levels()) {
                text.append("\n  - ")
                        .append(level.value())
                        .append(": ")
                        .append(level.text().in("en"));
            }
        }
        return text.toString();
    }

    String protocols() {
        var versions = facts.protocols().size();
        return (versions < 2
                        ? ""
                        : "Answers were given under " + versions
                                + " versions of the protocol, which may ask different things. The export can be made of one of"
                                + " them: filter protocol=ID-vN.\n\n")
                + facts.protocols().stream()
                        .map(document -> protocol(document.protocol()))
                        .collect(Collectors.joining("\n\n"));
    }

    String ties() {
        return switch (options.ties()) {
            case KEEP -> "Where nobody won, a row says so, if the format has words for it.";
            case DROP -> "Tasks in which nobody won have no row.";
            case SPLIT -> "Tasks in which nobody won have two rows with opposite answers.";
        };
    }

    String parts() {
        return "Parts never share a source picture: the part follows from the digest of its pixels and from the shares "
                + options.split().words() + ", in every export and every campaign.";
    }

    String people() {
        return switch (options.names()) {
            case WRITTEN -> "Annotators and models are named as on the platform.";
            case PSEUDONYM ->
                "Annotators and models have stand-ins, the same throughout this dataset; comments and file names are left out.";
            case NONE -> "Names of annotators and models, comments and file names are left out.";
        };
    }

    String limits() {
        return "Made with: " + String.join("; ", options.filter().words())
                + ". Preferences are those of this campaign's annotators under this protocol, not of everybody.";
    }
}
