package org.diptych.fault;

import java.util.List;
import java.util.Map;

/** Three trainings, each of which loses its worker as soon as it has entered one of the phases, and ends all the same. */
final class WorkerDeaths implements Trial.Strike {
    private static final List<String> PHASES = List.of("ENCODING", "TRAINING", "SCORING");
    private static final long LONGEST_TRAINING = 600;

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
        for (var phase : PHASES) {
            train(phase);
        }
    }

    private void train(String deadly) throws Exception {
        var run = Client.good(study.lead().post(runs, Map.of())).path("id").asString();
        boolean killed = false;
        for (long begin = System.nanoTime(); System.nanoTime() - begin < LONGEST_TRAINING * 1e9; Thread.sleep(10)) {
            var state = Client.good(study.lead().get(runs + "/" + run));
            var phase = state.path("state").asString();
            if (!killed && phase.equals(deadly)) {
                killed = true;
                worker.kill();
                worker.start();
            }
            if (phase.equals("FINISHED") || phase.equals("FAILED")) {
                if (!killed) {
                    throw new IllegalStateException(
                            "no state " + deadly + " was seen in which the worker could be killed");
                }
                System.out.println("a training lost its worker in " + deadly + ": " + phase + ", deaths "
                        + state.path("deaths").asInt());
                if (phase.equals("FAILED")) {
                    throw new IllegalStateException("the training failed: " + state);
                }
                return;
            }
        }
        throw new IllegalStateException("a training does not end");
    }
}
