package org.diptych.campaign;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One edited picture of a manifest row.
 *
 * @param model who edited
 * @param image path of the picture within the manifest's folder
 * @param seed of the editing model
 * @param metadata unknown keys
 */
record ManifestCandidate(
        String model, String image, @Nullable Long seed, ObjectNode metadata) {}
