package org.diptych.service.assignment;

import java.util.concurrent.Executors;
import org.diptych.service.ServiceTest;
import org.diptych.service.protocol.ProtocolService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * Whatever annotators and leads do, one after the other or at once: a pair gets its labels exactly, none of them twice by one
 * annotator, what people see is what a recount says, and work goes on while there is anybody who would do it.
 *
 * <p>{@code -Ddiptych.histories=1000} runs more of them, {@code -Ddiptych.history=SEED} the one that a failure names.
 */
@ServiceTest
@Import(LabellingBench.class)
class ExactlyNIT {
    private static final int STEPS = 100;

    @Autowired
    LabellingBench bench;

    @Test
    void histories_at_random_are_as_the_model_says(@Autowired ProtocolService protocols) {
        bench.begin(protocols);
        Long one = Long.getLong("diptych.history");
        long begin = one == null ? 1 : one;
        int histories = one == null ? Integer.getInteger("diptych.histories", 100) : 1;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (long seed = begin; seed < begin + histories; seed++) {
                var history = new LabellingHistory(bench, seed, threads);
                try {
                    history.run(STEPS);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "run this again with -Ddiptych.history=" + seed + "\n" + String.join("\n", history.story())
                                    + "\n" + e.getMessage(),
                            e);
                }
            }
        }
    }
}
