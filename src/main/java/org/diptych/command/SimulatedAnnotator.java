package org.diptych.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.diptych.simulation.AnswerRules;
import org.diptych.simulation.Judgement;
import org.diptych.simulation.KnownPairs;
import org.diptych.simulation.LabelBudget;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import tools.jackson.databind.JsonNode;

/**
 * One annotator at work through the real interface: takes a pair, answers, sends the answer until it is acknowledged,
 * takes the next. It asks for one pair at a time, since it needs no time to look at it, and so leaves no leases behind.
 */
final class SimulatedAnnotator implements Callable<Void> {
    private static final int MOST_FAILURES_IN_A_ROW = 5;
    private static final long FIRST_PAUSE_MILLISECONDS = 100;
    private static final long LONGEST_PAUSE_MILLISECONDS = 4_000;
    private static final long LONGEST_STANDSTILL_NANOSECONDS = 10_000_000_000L;
    private static final RetryTemplate AGAIN = new RetryTemplate(RetryPolicy.builder()
            .includes(CommandFailure.class)
            .maxRetries(7)
            .delay(Duration.ofMillis(FIRST_PAUSE_MILLISECONDS))
            .multiplier(2)
            .maxDelay(Duration.ofMillis(LONGEST_PAUSE_MILLISECONDS))
            .build());

    private final String name;
    private final ServerClient client;
    private final String claims;
    private final AnswerRules rules;
    private final KnownPairs pairs;
    private final Judgement judgement;
    private final LabelBudget budget;
    private final SimulationRecord record;
    private long labels;

    SimulatedAnnotator(
            String name,
            ServerClient client,
            String campaign,
            AnswerRules rules,
            KnownPairs pairs,
            Judgement judgement,
            LabelBudget budget,
            SimulationRecord record) {
        this.name = name;
        this.client = client;
        this.claims = "/api/v1/annotate/campaigns/" + campaign + "/claims";
        this.rules = rules;
        this.pairs = pairs;
        this.judgement = judgement;
        this.budget = budget;
        this.record = record;
    }

    /** Works until nothing is left for this annotator or the simulation has all its labels. */
    @Override
    public Void call() throws InterruptedException {
        int failuresInARow = 0;
        long pause = FIRST_PAUSE_MILLISECONDS;
        while (budget.take()) {
            Outcome outcome = Outcome.FAILED;
            try {
                outcome = step();
            } finally {
                if (outcome == Outcome.LABELLED) {
                    labels++;
                    record.labelled();
                    budget.spent();
                } else {
                    budget.returned();
                }
            }
            if (outcome == Outcome.NOTHING_LEFT) {
                return null;
            }
            failuresInARow = outcome == Outcome.FAILED ? failuresInARow + 1 : 0;
            if (failuresInARow == MOST_FAILURES_IN_A_ROW) {
                throw CommandFailure.failed(name + " gave up: " + record.lastError());
            }
            if (outcome == Outcome.WAIT) {
                if (record.nanosecondsSinceLabel() > LONGEST_STANDSTILL_NANOSECONDS) {
                    record.heldByOthers();
                    return null;
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
            } else {
                pause = FIRST_PAUSE_MILLISECONDS;
            }
        }
        return null;
    }

    /** What the report says of this annotator; to be asked when it has ended. */
    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", name);
        report.put("reliability", judgement.reliability());
        report.put("labels", labels);
        return report;
    }

    private Outcome step() {
        long start = System.nanoTime();
        ServerClient.Reply reply = send(claims, Map.of("count", 1));
        if (!reply.accepted()) {
            record.error(client.refusal(reply.status(), reply.body()).getMessage());
            return Outcome.FAILED;
        }
        JsonNode assignment = reply.body().path("assignments").path(0);
        if (assignment.isMissingNode()) {
            return reply.body().path("empty").asString("").equals("held_by_others")
                    ? Outcome.WAIT
                    : Outcome.NOTHING_LEFT;
        }
        record.next(System.nanoTime() - start);
        return submit(assignment);
    }

    private Outcome submit(JsonNode assignment) {
        Optional<KnownPairs.Pair> pair = pairs.find(
                assignment.path("left").path("sha256").asString(""),
                assignment.path("right").path("sha256").asString(""));
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("id", UUID.randomUUID());
        label.put("assignment", assignment.path("id"));
        label.put("token", assignment.path("token"));
        if (pair.isPresent()) {
            label.put("answers", judgement.answers(pair.get()));
        } else {
            label.put("skip", Map.of("reason", rules.skipReason()));
        }
        label.put("activeMilliseconds", pair.map(judgement::activeMilliseconds).orElse(0L));
        long start = System.nanoTime();
        ServerClient.Reply reply = send("/api/v1/annotate/labels", label);
        record.submit(System.nanoTime() - start);
        if (!reply.accepted()) {
            record.error(client.refusal(reply.status(), reply.body()).getMessage());
            return Outcome.FAILED;
        }
        if (reply.body().path("status").asString("").equals("duplicate")) {
            record.duplicate();
        }
        if (pair.isEmpty()) {
            record.skipped();
            return Outcome.SKIPPED;
        }
        return Outcome.LABELLED;
    }

    /** Sends again while the network or the server is away; a label keeps its id, so that it counts once. */
    private ServerClient.Reply send(String path, Map<String, ?> body) {
        return AGAIN.invoke(() -> {
            try {
                return client.tryPost(path, body);
            } catch (CommandFailure failure) {
                record.error(failure.getMessage());
                throw failure;
            }
        });
    }

    private enum Outcome {
        LABELLED,
        SKIPPED,
        WAIT,
        NOTHING_LEFT,
        FAILED
    }
}
