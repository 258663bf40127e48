package org.diptych.service.quality;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The labelling screen's door to the qualification set. */
@RestController
@RequestMapping("/api/v1/annotate")
class QualificationTestController {
    private final QualificationTest test;

    QualificationTestController(QualificationTest test) {
        this.test = test;
    }

    @PostMapping("/campaigns/{campaign}/qualification/attempts")
    Attempt start(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return test.start(who, campaign);
    }

    @PutMapping("/qualification/questions/{question}/answer")
    Attempt answer(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID question, @RequestBody QuestionAnswer answer) {
        if (answer.answers() == null) {
            throw Problem.invalid("invalid_answer", "answers", "Answer every dimension.");
        }
        return test.answer(who, question, answer.answers(), answer.activeMilliseconds());
    }

    record QuestionAnswer(@Nullable Map<String, JsonNode> answers, long activeMilliseconds) {}
}
