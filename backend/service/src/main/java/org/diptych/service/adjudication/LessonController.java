package org.diptych.service.adjudication;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What annotators learn from verdicts, and say against them. */
@RestController
@RequestMapping("/api/v1/annotate/campaigns/{campaign}/lessons")
class LessonController {
    private static final int MOST_LISTED = 200;

    private final Lessons lessons;

    LessonController(Lessons lessons) {
        this.lessons = lessons;
    }

    /** Where the caller was overruled, the latest first. */
    @GetMapping
    List<Lesson> lessons(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        return lessons.of(who, campaign, Math.clamp(limit, 1, MOST_LISTED));
    }

    /** Objects to a verdict, once for each pair. */
    @PostMapping("/{verdict}/objection")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void object(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID verdict,
            @RequestBody Against against) {
        lessons.object(who, campaign, verdict, against.words());
    }

    /** What is said against it. */
    record Against(String words) {}
}
