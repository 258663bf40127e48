package org.diptych;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a server that has nothing to do give memory back. An import or a training run makes the heap grow; left to itself
 * the JVM keeps what it has as long as nothing collects. These options may be set while it runs, so that the plain
 * {@code java -jar} needs no flags; an option given on the command line wins.
 */
final class IdleMemory {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);

    private static final Map<String, String> OPTIONS = Map.of(
            "G1PeriodicGCInterval", "30000",
            "MinHeapFreeRatio", "10",
            "MaxHeapFreeRatio", "30");

    private IdleMemory() {}

    static void giveBack() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            return;
        }
        OPTIONS.forEach((option, value) -> {
            try {
                if (machine.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
                    machine.setVMOption(option, value);
                }
            } catch (IllegalArgumentException otherMachine) {
                log.debug("This JVM has no option {}", option);
            }
        });
    }
}
