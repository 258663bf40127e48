package org.diptych.service.qualification;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A new annotator's way into the queue: where they stand, and the worked examples. */
@RestController
@RequestMapping("/api/v1/annotate/campaigns/{campaign}")
class QualificationController {
    private final Standings standings;
    private final ExampleAnswers examples;

    QualificationController(Standings standings, ExampleAnswers examples) {
        this.standings = standings;
        this.examples = examples;
    }

    @GetMapping("/qualification")
    StandingView standing(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return StandingView.of(standings.of(who, campaign), standings.returning(who, campaign));
    }

    @PutMapping("/examples/{example}")
    StandingView answer(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable int example,
            @RequestBody ExampleAnswer answer) {
        examples.answer(who, campaign, example, answer.answers() == null ? Map.of() : answer.answers());
        return StandingView.of(standings.of(who, campaign), standings.returning(who, campaign));
    }

    record ExampleAnswer(@Nullable Map<String, JsonNode> answers) {}

    /**
     * Where somebody stands.
     *
     * @param step guideline, examples, test, qualified or failed
     * @param barred whether claims are refused until they qualify
     * @param examples number of worked examples
     * @param answeredExamples those answered, from 0
     * @param questions size of the qualification set
     * @param passMark share that must be right
     * @param tries tries in all
     * @param triesLeft tries left
     * @param finishedAttempts attempts gone through
     * @param underway how far the attempt is that was begun and not finished; null without one
     * @param holding whether they hold pairs, which they finish first
     * @param again why a lead has sent them to the qualification set again; null for who goes through it for the first time
     */
    record StandingView(
            String step,
            boolean barred,
            int examples,
            List<Integer> answeredExamples,
            int questions,
            double passMark,
            int tries,
            int triesLeft,
            int finishedAttempts,
            Standing.@Nullable Underway underway,
            boolean holding,
            @Nullable String again) {
        static StandingView of(Standing standing, Standings.Returning returning) {
            return new StandingView(
                    standing.step().word(),
                    standing.barred(),
                    standing.rule().examples(),
                    standing.answeredExamples(),
                    standing.questions(),
                    standing.rule().passMark(),
                    standing.tries(),
                    standing.triesLeft(),
                    standing.finishedAttempts(),
                    standing.underway(),
                    returning.holding(),
                    returning.reason());
        }
    }
}
