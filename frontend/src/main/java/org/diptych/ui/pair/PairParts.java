package org.diptych.ui.pair;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.diptych.protocol.Protocol;
import org.diptych.service.pair.Annotator;
import org.jspecify.annotations.Nullable;

/** What the pages about pairs have in common. */
final class PairParts {
    private PairParts() {}

    /** Who said something: the name, or what stands for it. */
    static Component annotator(Annotator who) {
        var name = who.displayName();
        return name == null
                ? text(hidden(who.code()))
                : new Div(written(name), box("sub2", written(String.valueOf(who.name()))));
    }

    /** An annotator whose name is hidden. */
    static String hidden(String code) {
        return translate("pair.annotator", code);
    }

    /** The words of a skip reason. */
    static String skipReason(Protocol protocol, String reason, Locale language) {
        return protocol.skipReasons().stream()
                .filter(each -> each.id().equals(reason))
                .map(each -> each.title().in(language.getLanguage()))
                .findFirst()
                .orElse(reason);
    }

    /** A chip that says that an answer is flagged. */
    static Span flag() {
        return chip(translate("pair.flagged"), "warn");
    }

    /** An address of a page with those of the parameters that have a value. */
    static String address(String page, Map<String, @Nullable String> parameters) {
        var given = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                given.put(name, value);
            }
        });
        return given.isEmpty()
                ? page
                : page + "?" + QueryParameters.simple(given).getQueryString();
    }
}
