package org.diptych.reward.worker;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.diptych.service.acquisition.ChoicePreview;
import org.diptych.service.problem.Outage;
import org.diptych.service.reward.ModelInquiries;
import org.diptych.service.reward.ModelInquiry;
import org.diptych.service.reward.VersionComparison;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a question about models or choices: until there is an answer, nobody wants it any more, or it takes too long. */
@Component
class InquiryJob {
    private static final Logger log = LoggerFactory.getLogger(InquiryJob.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final ModelInquiries inquiries;
    private final VersionComparer comparer;
    private final ChoiceRehearsal rehearsal;
    private final JsonMapper json;
    private final Clock clock;
    private volatile boolean stopping;

    InquiryJob(
            ModelInquiries inquiries,
            VersionComparer comparer,
            ChoiceRehearsal rehearsal,
            JsonMapper json,
            Clock clock) {
        this.inquiries = inquiries;
        this.comparer = comparer;
        this.rehearsal = rehearsal;
        this.json = json;
        this.clock = clock;
    }

    /** The job as the scheduler runs it; a worker that died with a question leaves it to the next one. */
    OneTimeTask<Void> task() {
        return Tasks.oneTime(ModelInquiries.ANSWER)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
                .execute((instance, _) -> answer(UUID.fromString(instance.getId())));
    }

    /** The process goes down: the question is given back at its next step. */
    void stopSoon() {
        stopping = true;
    }

    void answer(UUID id) {
        var begun = inquiries.begin(id);
        if (begun.isEmpty()) {
            return;
        }
        try {
            inquiries.answer(id, answer(begun.get(), new Patience(id)::look));
        } catch (UnwantedException e) {
            log.debug("nobody waits for the answer to {} any more", id);
        } catch (TooLongException e) {
            inquiries.fail(id, "it took longer than " + LONGEST.toMinutes() + " minutes");
        } catch (IOException | RuntimeException e) {
            if (stopping || Outage.isBehind(e)) {
                giveBack(id, e);
                throw new IllegalStateException("the question " + id + " is answered later", e);
            }
            log.error("the question {} was not answered", id, e);
            inquiries.fail(id, ChanceOrder.why(e));
        } catch (Error e) {
            // begun again, it would do the same
            inquiries.fail(id, ChanceOrder.why(e));
            throw e;
        }
    }

    /** Where even that is not possible, the question counts as one that killed its worker. */
    private void giveBack(UUID id, Exception why) {
        try {
            inquiries.giveBack(id);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private Object answer(ModelInquiry inquiry, Runnable look) throws IOException {
        return switch (inquiry.kind()) {
            case COMPARISON ->
                comparer.compare(
                        inquiry.campaign(), json.readValue(inquiry.question(), VersionComparison.Question.class), look);
            case PREVIEW ->
                rehearsal.choose(
                        inquiry.campaign(), json.readValue(inquiry.question(), ChoicePreview.Settings.class), look);
        };
    }

    /** Looks between the steps of an answer whether to go on, and asks the database only now and then. */
    private final class Patience {
        private final UUID id;
        private final Instant until = clock.instant().plus(LONGEST);
        private Instant next = Instant.EPOCH;

        Patience(UUID id) {
            this.id = id;
        }

        void look() {
            if (stopping) {
                throw new IllegalStateException("the worker stops");
            }
            var now = clock.instant();
            if (now.isAfter(until)) {
                throw new TooLongException();
            }
            if (now.isAfter(next)) {
                next = now.plus(LOOK_EVERY);
                if (!inquiries.isWanted(id)) {
                    throw new UnwantedException();
                }
            }
        }
    }

    private static final class UnwantedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
