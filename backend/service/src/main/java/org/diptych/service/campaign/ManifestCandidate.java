package org.diptych.service.campaign;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One edited picture of a manifest row.
 *
 * @param model who edited
 * @param image path of the picture within the manifest's folder
 * @param seed of the editing model, of 64 bits with or without a sign
 * @param metadata unknown keys
 */
public record ManifestCandidate(
        String model, String image, @Nullable BigInteger seed, ObjectNode metadata) {}
