package org.diptych.service.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The answers to Croissant's vocabulary for responsible AI, version 1.0, from what the platform's database knows. */
final class ResponsibleAi {
    private final DatasetTexts texts;

    ResponsibleAi(DatasetTexts texts) {
        this.texts = texts;
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("rai:dataCollection", texts.collection());
        document.put("rai:dataCollectionType", List.of("Manual Human Curator", "Experiments"));
        document.put(
                "rai:dataCollectionTimeframe",
                Stream.of(texts.facts().first(), texts.facts().last())
                        .map(String::valueOf)
                        .toList());
        document.put("rai:dataCollectionMissingData", texts.missing());
        document.put(
                "rai:dataCollectionRawData",
                "Source pictures, instructions and edited pictures as the campaign's leads imported them.");
        document.put(
                "rai:dataPreprocessingProtocol",
                List.of(
                        "Pictures are upright, without metadata, otherwise as they came in.",
                        texts.parts(),
                        texts.ties()));
        document.put("rai:dataAnnotationProtocol", texts.protocols());
        document.put("rai:dataAnnotationPlatform", List.of("Diptych"));
        document.put("rai:dataAnnotationAnalysis", List.of(texts.aggregation(), agreement()));
        document.put("rai:annotationsPerItem", texts.perItem());
        document.put(
                "rai:annotatorDemographics",
                List.of(texts.facts().annotators()
                        + " annotators chosen by the campaign's leads. The platform records no demographics."));
        document.put("rai:machineAnnotationTools", List.of(texts.machines()));
        document.put("rai:dataBiases", List.of(texts.biases(), texts.chosen()));
        document.put("rai:dataLimitations", List.of(texts.limits()));
        document.put("rai:dataUseCases", List.of("Training and measuring reward models and judges of edited images."));
        document.put("rai:personalSensitiveInformation", List.of(texts.people()));
        document.put(
                "rai:dataSocialImpact",
                "Models that learn from these preferences repeat what this campaign's annotators like. The platform does not"
                        + " assess what pictures and instructions show.");
        document.put(
                "rai:dataReleaseMaintenancePlan",
                List.of(
                        "Answers are append-only: a later export of the campaign holds these and those that came since."));
        return document;
    }

    private String agreement() {
        return "Agreement of the campaign's annotators: "
                + (texts.agreement().isEmpty() ? "not measured." : String.join("; ", texts.agreement()) + ".");
    }
}
