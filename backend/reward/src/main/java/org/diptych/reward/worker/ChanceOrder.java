package org.diptych.reward.worker;

import java.nio.file.NoSuchFileException;
import org.diptych.reward.ModelFileException;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.TrainingRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What orders the queue when a run could not choose: chance. The version that the run made stays, and the run says why. */
@Component
class ChanceOrder {
    private static final Logger log = LoggerFactory.getLogger(ChanceOrder.class);

    private final QueueService queue;
    private final HeldRuns holds;

    ChanceOrder(QueueService queue, HeldRuns holds) {
        this.queue = queue;
        this.holds = holds;
    }

    /**
     * Lets chance order what nobody has taken.
     *
     * @param failure why the choice failed
     * @return what the run says at its end
     */
    String insteadOf(TrainingRun run, Exception failure) {
        log.error("training run {} did not choose the next pairs", run.id(), failure);
        var why = why(failure);
        holds.whileHeld(run, () -> {
            queue.putBack(run.campaign());
            holds.choiceFailed(run, why);
            return why;
        });
        return "the next pairs come in random order, because they could not be chosen: " + why;
    }

    /** In words where there are some; the rest is a mistake of the program, which only its log explains. */
    static String why(Throwable failure) {
        return switch (failure) {
            case Problem _, EncodingException _, TrainingException _, ModelFileException _ ->
                withoutStop(String.valueOf(failure.getMessage()));
            case NoSuchFileException missing -> "a file of the active model version is missing: " + missing.getFile();
            default ->
                "an error of the program, which the server's log describes (%s: %s)"
                        .formatted(failure.getClass().getSimpleName(), failure.getMessage());
        };
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
