package org.diptych.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Kills a worker as soon as its training has entered a phase, for each phase, and waits for the end of the training. */
final class WorkerDeaths implements Trial.Strike {
    private static final List<String> PHASES = List.of("ENCODING", "TRAINING", "SCORING");
    private static final long LONGEST_TRAINING = 300;

    private final Study study;
    private final Installation worker;
    private final String runs;

    WorkerDeaths(Study study, Installation web, Installation worker) {
        this.study = study;
        this.worker = worker;
        this.runs = web.url() + "/api/v1/campaigns/" + study.id() + "/training-runs";
    }

    @Override
    public void run(Storm storm) throws Exception {
        var run = Client.good(study.lead().post(runs, Map.of())).path("id").asString();
        var seen = new ArrayList<String>();
        for (long begin = System.nanoTime(); System.nanoTime() - begin < LONGEST_TRAINING * 1e9; Thread.sleep(20)) {
            var state = state(run);
            var phase = state.path("state").asString();
            if (PHASES.contains(phase) && !seen.contains(phase)) {
                seen.add(phase);
                worker.kill();
                worker.start();
            }
            if (phase.equals("FINISHED") || phase.equals("FAILED")) {
                if (phase.equals("FAILED") || state.path("deaths").asInt() < seen.size()) {
                    throw new IllegalStateException("after deaths in " + seen + " the training says " + state);
                }
                System.out.println("a training finished after deaths of its worker in " + seen);
                return;
            }
        }
        throw new IllegalStateException("the training has not ended: " + state(run));
    }

    private JsonNode state(String run) throws Exception {
        return Client.good(study.lead().get(runs + "/" + run));
    }
}
