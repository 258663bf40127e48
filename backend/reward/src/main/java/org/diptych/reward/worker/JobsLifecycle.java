package org.diptych.reward.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts the jobs after everything else is up, and stops them first. */
final class JobsLifecycle implements SmartLifecycle {
    private final List<Scheduler> schedulers;
    private final Runnable stopSoon;
    private volatile boolean running;

    JobsLifecycle(List<Scheduler> schedulers, Runnable stopSoon) {
        this.schedulers = schedulers;
        this.stopSoon = stopSoon;
    }

    @Override
    public void start() {
        schedulers.forEach(Scheduler::start);
        running = true;
    }

    /** All are asked to stop before the first is waited for. */
    @Override
    public void stop() {
        stopSoon.run();
        var waiting = schedulers.stream()
                .map(scheduler -> Thread.ofVirtual().start(scheduler::stop))
                .toList();
        for (var thread : waiting) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
