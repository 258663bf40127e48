package org.diptych.service.pair;

import org.jspecify.annotations.Nullable;

/**
 * Who said something.
 *
 * @param code six hexadecimal digits that stand for the person in this campaign
 * @param name user name; null while it is hidden
 * @param displayName what people call them; null while it is hidden
 */
public record Annotator(
        String code, @Nullable String name, @Nullable String displayName) {}
