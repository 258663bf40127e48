package org.diptych.service.campaign;

import java.util.UUID;

/**
 * A campaign as its annotator sees it.
 *
 * @param id the campaign
 * @param name its name
 * @param state {@code OPEN}, {@code PAUSED} or {@code CLOSED}
 * @param progress the same numbers as beside the work itself
 */
public record AnnotatorCampaign(UUID id, String name, String state, AnnotatorProgress progress) {
    /** {@link AnnotatorProgress#mine()} */
    public long mine() {
        return progress.mine();
    }

    /** {@link AnnotatorProgress#today()} */
    public long today() {
        return progress.today();
    }

    /** {@link AnnotatorProgress#open()} */
    public long open() {
        return progress.open();
    }
}
