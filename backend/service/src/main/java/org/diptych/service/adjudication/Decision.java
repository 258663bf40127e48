package org.diptych.service.adjudication;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody decides.
 *
 * @param protocolSha256 the version that they had before them
 * @param supersedes the verdict that they had before them; null where there was none
 * @param answers one for each dimension, in the sides shown to them
 * @param reason why; must be there when it overrules a majority
 * @param gold whether it becomes a known answer as well
 */
public record Decision(
        String protocolSha256,
        @Nullable UUID supersedes,
        Map<String, JsonNode> answers,
        @Nullable String reason,
        @Nullable Boolean gold) {}
