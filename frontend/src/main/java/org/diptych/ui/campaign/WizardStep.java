package org.diptych.ui.campaign;

import java.util.List;
import java.util.Locale;

/** The steps from an upload to a campaign, in their order. */
enum WizardStep {
    PAIRS,
    PROTOCOL,
    OVERLAP,
    QUALITY,
    PEOPLE,
    REVIEW;

    private static final List<WizardStep> FOR_MORE_PAIRS = List.of(PAIRS, REVIEW);

    /** The steps that there are: a campaign that is there keeps what was chosen for it. */
    static List<WizardStep> of(boolean newCampaign) {
        return newCampaign ? List.of(values()) : FOR_MORE_PAIRS;
    }

    /** The step of a number that a draft has, or the first where there is none such. */
    static WizardStep numbered(int number, boolean newCampaign) {
        return of(newCampaign).stream()
                .filter(step -> step.number() == number)
                .findFirst()
                .orElse(PAIRS);
    }

    /** The step that has a field of a draft; the last where none has. */
    static WizardStep of(String field) {
        if (field.equals("name") || field.equals("pairs")) {
            return PAIRS;
        }
        if (field.startsWith("people")) {
            return PEOPLE;
        }
        return field.startsWith("gold") ? QUALITY : field.startsWith("settings") ? OVERLAP : REVIEW;
    }

    /** From 1. */
    int number() {
        return ordinal() + 1;
    }

    WizardStep next(boolean newCampaign) {
        var steps = of(newCampaign);
        return steps.get(Math.min(steps.indexOf(this) + 1, steps.size() - 1));
    }

    WizardStep previous(boolean newCampaign) {
        var steps = of(newCampaign);
        return steps.get(Math.max(steps.indexOf(this) - 1, 0));
    }

    /** The key of its name. */
    String key() {
        return "wizard.step." + name().toLowerCase(Locale.ROOT);
    }
}
