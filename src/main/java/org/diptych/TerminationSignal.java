package org.diptych;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask a process to end. The virtual machine would answer them by running the hooks of all libraries at
 * once, and one of them takes the memory away that a training still reads: the process dies in the middle of its stopping.
 * The class for them has no other name than {@code sun.misc.Signal}, which the compiler warns of: hence by reflection.
 */
final class TerminationSignal {
    private static final Logger log = LoggerFactory.getLogger(TerminationSignal.class);

    /** By POSIX. */
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

    private static final int DIED_OF_SIGNAL = 128;

    private TerminationSignal() {}

    /**
     * Does something when a signal comes, on a thread of its own, in place of ending at once.
     *
     * @param action takes the exit status that tells of the signal
     */
    static void onArrival(IntConsumer action) {
        for (String name : List.of("TERM", "INT")) {
            int status = DIED_OF_SIGNAL + NUMBERS.getOrDefault(name, 0);
            try {
                handle(name, () -> Thread.ofPlatform().name("shutdown").start(() -> action.accept(status)));
            } catch (ReflectiveOperationException | RuntimeException kept) {
                log.debug("signal {} is left to the virtual machine", name, kept);
            }
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                TerminationSignal.class.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, arguments) -> answer(self, method, arguments, action));
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    private static @Nullable Object answer(
            Object self, Method method, @Nullable Object @Nullable [] arguments, Runnable action) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "termination";
        };
    }
}
