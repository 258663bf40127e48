package org.diptych.service.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Known answers and gold, for leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class KnownAnswerController {
    private final KnownAnswers known;
    private final GoldService gold;

    KnownAnswerController(KnownAnswers known, GoldService gold) {
        this.known = known;
        this.gold = gold;
    }

    @GetMapping("/gold")
    GoldSettings settings(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return known.settings(who, campaign);
    }

    @PutMapping("/gold")
    GoldSettings change(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody GoldSettings settings) {
        known.change(who, campaign, settings);
        return settings;
    }

    @GetMapping("/known-answers")
    List<KnownAnswer> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return known.list(who, campaign);
    }

    @GetMapping("/known-answers/proposals")
    List<Proposal> proposals(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        return known.proposals(who, campaign, limit);
    }

    @PutMapping("/known-answers/{pair}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID pair,
            @RequestBody Known wanted) {
        var answers = wanted.answers();
        known.set(who, campaign, pair, answers == null ? null : AnswerJson.fromTree(answers), reason(wanted.reason()));
    }

    @DeleteMapping("/known-answers/{pair}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        known.withdraw(who, campaign, pair);
    }

    @GetMapping("/gold/health")
    List<GoldHealth> health(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return gold.of(who, campaign);
    }

    /** Out of rotation; answers that were given go on counting. */
    @PostMapping("/known-answers/{pair}/retirement")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        known.retire(who, campaign, pair);
    }

    private static Map<String, String> reason(@Nullable JsonNode node) {
        var reason = new LinkedHashMap<String, String>();
        if (node == null || node.isNull()) {
            return reason;
        }
        if (node.isString()) {
            reason.put("en", node.stringValue());
            return reason;
        }
        if (!node.isObject() || node.valueStream().anyMatch(text -> !text.isString())) {
            throw Problem.invalid("invalid_reason", "reason", "A reason is a text, or texts by language.");
        }
        node.properties()
                .forEach(entry -> reason.put(entry.getKey(), entry.getValue().stringValue()));
        return reason;
    }

    /**
     * What a lead knows.
     *
     * @param answers in stored order (first, second); left out: what the labels agree on
     * @param reason a text, or texts by language
     */
    record Known(
            @Nullable Map<String, JsonNode> answers,
            @Nullable JsonNode reason) {}
}
