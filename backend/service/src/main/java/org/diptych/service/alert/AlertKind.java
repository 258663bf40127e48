package org.diptych.service.alert;

import java.util.Locale;

/** What can wait for a lead. Stored by name: a kind that was published keeps it. */
public enum AlertKind {
    /** The upper end of alpha's interval is under the campaign's bound. */
    AGREEMENT_LOW,
    /** What is open lasts for less than the bound, at the campaign's own pace. */
    QUEUE_DRY,
    /** The latest training run failed. */
    TRAINING_FAILED,
    /** What annotators wrote is open for longer than the bound. */
    MESSAGES_WAITING,
    /** The upper end of the interval of an annotator's gold accuracy is under the bound. */
    GOLD_LOW,
    /** An annotator has appealed to a pause, and no lead has answered. */
    APPEAL_WAITING,
    /** Annotators have objected to verdicts, and no lead has answered. */
    OBJECTIONS_WAITING,
    /** The disk of the data folder fills; for administrators. */
    DISK_FULL;

    /** How texts and addresses name it, e.g. {@code agreement_low}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
