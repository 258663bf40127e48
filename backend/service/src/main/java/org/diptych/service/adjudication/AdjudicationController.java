package org.diptych.service.adjudication;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
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

/** Disputed pairs, for adjudicators and leads, and objections, for leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class AdjudicationController {
    private static final int MOST_LISTED = 200;

    private final AdjudicationQueue queue;
    private final Adjudications adjudications;
    private final Objections objections;
    private final ProtocolService protocols;

    AdjudicationController(
            AdjudicationQueue queue, Adjudications adjudications, Objections objections, ProtocolService protocols) {
        this.protocols = protocols;
        this.queue = queue;
        this.adjudications = adjudications;
        this.objections = objections;
    }

    /** Pairs that wait for a verdict, those first where one is worth most. */
    @GetMapping("/adjudications")
    Waiting waiting(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        var waiting = queue.waiting(who, campaign);
        var document = protocols.bySha256(queue.protocol(who, campaign));
        return new Waiting(
                waiting,
                new Asked(document.protocol().sha256(), document.protocol().reference(), document.tree()),
                queue.next(who, campaign, Math.clamp(limit, 1, MOST_LISTED)));
    }

    /** A pair with all its answers, without names. */
    @GetMapping("/adjudications/{pair}")
    DisputedPair pair(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        return adjudications.of(who, campaign, pair);
    }

    /** Decides a pair. */
    @PostMapping("/adjudications/{pair}")
    @ResponseStatus(HttpStatus.CREATED)
    Decided decide(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID pair,
            @RequestBody Decision decision) {
        return new Decided(adjudications.decide(who, campaign, pair, decision));
    }

    /** Asks annotators for one more answer. */
    @PostMapping("/adjudications/{pair}/opinions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void askOneMore(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        adjudications.askOneMore(who, campaign, pair);
    }

    /** Objections that wait for a lead, the oldest first. */
    @GetMapping("/objections")
    List<Objection> objections(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        return objections.waiting(who, campaign, Math.clamp(limit, 1, MOST_LISTED));
    }

    /** Accepts or rejects an objection. */
    @PostMapping("/objections/{objection}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answer(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable UUID objection,
            @RequestBody Reply reply) {
        objections.answer(who, campaign, objection, reply.accepted(), reply.reason());
    }

    /**
     * What waits.
     *
     * @param waiting how many pairs; {@link AdjudicationQueue#MOST_COUNTED} stands for that many or more
     * @param protocol what verdicts are given under
     * @param pairs the first of them
     */
    record Waiting(int waiting, Asked protocol, List<WaitingPair> pairs) {}

    /** A version of a protocol. */
    record Asked(String sha256, String reference, Map<String, Object> document) {}

    /** A verdict's id. */
    record Decided(UUID id) {}

    /**
     * A lead's answer.
     *
     * @param reason must be there for a rejection
     */
    record Reply(boolean accepted, @Nullable String reason) {}
}
