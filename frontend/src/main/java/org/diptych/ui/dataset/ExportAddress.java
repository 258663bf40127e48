package org.diptych.ui.dataset;

import com.vaadin.flow.router.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.service.dataset.ExportWish;
import org.jspecify.annotations.Nullable;

/** What is wanted, as an address says it: a link to the page shows the same again, and a download is the same file. */
final class ExportAddress {
    private ExportAddress() {}

    static ExportWish of(QueryParameters parameters) {
        var named = parameters.getParameters();
        return new ExportWish(
                parameters.getSingleParameter("format").orElse("jsonl"),
                named.getOrDefault("filter", List.of()).stream()
                        .filter(word -> word.length() <= 300)
                        .limit(200)
                        .toList(),
                value(parameters, "split"),
                value(parameters, "consensus"),
                value(parameters, "names"),
                value(parameters, "ties"),
                value(parameters, "licence"));
    }

    private static @Nullable String value(QueryParameters parameters, String name) {
        return parameters
                .getSingleParameter(name)
                .filter(text -> !text.isBlank())
                .orElse(null);
    }

    /** The part of an address behind the question mark. */
    static String query(ExportWish wish) {
        var words = new ArrayList<String>();
        words.add("format=" + encoded(wish.format()));
        wish.filter().forEach(word -> words.add("filter=" + encoded(word)));
        options(wish).forEach((name, value) -> {
            if (value != null) {
                words.add(name + "=" + encoded(value));
            }
        });
        return String.join("&", words);
    }

    /** What is said beside format and filter. */
    static Map<String, @Nullable String> options(ExportWish wish) {
        var options = new LinkedHashMap<String, @Nullable String>();
        options.put("split", wish.split());
        options.put("consensus", wish.consensus());
        options.put("ties", wish.ties());
        options.put("names", wish.names());
        options.put("licence", wish.licence());
        return options;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
