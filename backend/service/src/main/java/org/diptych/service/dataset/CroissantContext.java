package org.diptych.service.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the words of croissant.json mean: the context of Croissant 1.1, and of provenance. */
final class CroissantContext {
    private static final List<String> TERMS = List.of(
            "annotation",
            "arrayShape",
            "citeAs",
            "column",
            "containedIn",
            "equivalentProperty",
            "excludes",
            "extract",
            "field",
            "fileObject",
            "fileProperty",
            "fileSet",
            "format",
            "includes",
            "isArray",
            "isLiveDataset",
            "jsonPath",
            "key",
            "md5",
            "parentField",
            "readLines",
            "recordSet",
            "references",
            "regex",
            "sdVersion",
            "separator",
            "source",
            "subField",
            "transform",
            "unArchive",
            "value");

    private CroissantContext() {}

    static Map<String, Object> document() {
        var context = new LinkedHashMap<String, Object>();
        context.put("@language", "en");
        context.put("@vocab", "https://schema.org/");
        context.put("sc", "https://schema.org/");
        context.put("cr", "http://mlcommons.org/croissant/");
        context.put("rai", "http://mlcommons.org/croissant/RAI/");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("prov", "http://www.w3.org/ns/prov#");
        context.put("conformsTo", "dct:conformsTo");
        TERMS.forEach(term -> context.put(term, "cr:" + term));
        context.put("data", Map.of("@id", "cr:data", "@type", "@json"));
        context.put("dataType", Map.of("@id", "cr:dataType", "@type", "@vocab"));
        context.put("examples", Map.of("@id", "cr:examples", "@type", "@json"));
        return context;
    }
}
