package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.Locale;
import org.diptych.protocol.Protocol;

/**
 * What the dimensions of a protocol are called in the reader's language.
 *
 * @param protocol the protocol
 * @param language the language
 */
public record DimensionNames(Protocol protocol, Locale language) {
    /** The title of a dimension, or of overall. */
    public String of(String dimension) {
        return protocol.dimension(dimension)
                .map(found -> found.title().in(language.getLanguage()))
                .orElseGet(() -> translate("dimension.overall"));
    }
}
