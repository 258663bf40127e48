package org.diptych;

import java.nio.file.Path;

/** Settings of the deep learning engine that must stand before its first class loads. Values given with -D win. */
final class ModelEngine {
    private ModelEngine() {}

    /**
     * Keeps the engine offline, quiet and small.
     *
     * @param cache where native libraries are unpacked
     * @param role a process that only works trains on all cores but one and encodes on all. One that serves annotators as
     *     well trains on one thread, which on a shared machine is also the fastest, and encodes on half of the cores: no
     *     screen waits for a training
     */
    static void configure(Path cache, Role role) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = role == Role.WORKER ? Math.max(1, cores - 1) : 1;
        set("diptych.encoding.threads", Integer.toString(role == Role.WORKER ? cores : Math.max(1, cores / 2)));
        set("OPT_OUT_TRACKING", "true");
        set("ai.djl.offline", "true");
        set("DJL_CACHE_DIR", cache.toString());
        set("ENGINE_CACHE_DIR", cache.toString());
        set("ai.djl.pytorch.num_threads", Integer.toString(threads));
        set("ai.djl.pytorch.num_interop_threads", "1");
        set("ai.djl.pytorch.graph_optimizer", "false");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
