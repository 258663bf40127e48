package org.diptych.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the faults that {@code FaultBench} tries for minutes: whatever is killed or cut under annotators at work,
 * every acknowledged label is there exactly once, nobody hears anything but "later", and the product comes back by itself.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FaultsIT {
    private static final int ITEMS = 25;
    private static final int ANNOTATORS = 4;

    @Test
    void a_server_outlives_its_database_and_loses_nothing_when_both_die(@TempDir Path folder) throws Exception {
        try (var faults = new EmbeddedFaults(folder, ITEMS, ANNOTATORS)) {
            assertThat(faults.databaseKilled(2).faults()).isEmpty();
            assertThat(faults.bothKilled(1).faults()).isEmpty();
        }
    }

    @Test
    void a_node_outlives_the_loss_of_its_way_to_the_database_and_ends_in_order(@TempDir Path folder) throws Exception {
        try (var faults = new ExternalFaults(folder, ITEMS, ANNOTATORS)) {
            assertThat(faults.cut(3, 1).faults()).isEmpty();
            assertThat(faults.slow(200, 5).faults()).isEmpty();
            assertThat(faults.databaseKilled(1).faults()).isEmpty();
            assertThat(faults.terminated(1).faults()).isEmpty();
        }
    }
}
