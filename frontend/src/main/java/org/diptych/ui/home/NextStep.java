package org.diptych.ui.home;

import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Step;

/**
 * What an annotator does next in a campaign.
 *
 * @param text what it is called
 * @param possible false where they have to ask the lead
 * @param questions size of the test that is before them; 0 where there is none
 * @param triesLeft how often they may still take it
 */
record NextStep(Text text, boolean possible, int questions, int triesLeft) {
    /** Minutes that the guideline takes, and each example or question of the test: a rough guess. */
    private static final double GUIDELINE = 3;

    private static final double QUESTION = 0.75;
    /** Minutes are given in steps of this. */
    private static final int ROUND = 5;

    /** The key of a translation, with what belongs into it. */
    record Text(String key, Object... parameters) {}

    static NextStep of(Standing standing) {
        boolean before = standing.barred() && standing.step() != Step.FAILED;
        return new NextStep(
                text(standing),
                standing.step() != Step.FAILED,
                before ? standing.questions() : 0,
                standing.triesLeft());
    }

    private static Text text(Standing standing) {
        int examples = standing.rule().examples();
        return switch (standing.step()) {
            case GUIDELINE ->
                new Text(
                        standing.questions() > 0
                                ? "home.next.start"
                                : examples > 0 ? "home.next.start.examples" : "home.next.start.guideline",
                        minutes(examples + standing.questions()));
            case EXAMPLES ->
                new Text("home.next.examples", standing.answeredExamples().size() + 1, examples);
            case TEST -> test(standing);
            case QUALIFIED -> new Text("home.next.label");
            case FAILED -> new Text("home.next.failed");
        };
    }

    private static Text test(Standing standing) {
        var underway = standing.underway();
        if (underway != null) {
            return new Text("home.next.underway", underway.answered() + 1, underway.total());
        }
        return standing.finishedAttempts() > 0
                ? new Text("home.next.again", standing.triesLeft())
                : new Text("home.next.test");
    }

    private static int minutes(int questions) {
        return (int) Math.max(ROUND, ROUND * Math.round((GUIDELINE + QUESTION * questions) / ROUND));
    }
}
