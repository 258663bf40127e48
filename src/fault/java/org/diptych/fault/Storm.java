package org.diptych.fault;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Annotators who label without a pause and send each answer until it is acknowledged or refused for good. While a server is
 * away they may hear nothing, or 503 with {@code Retry-After} as a problem document: anything else is kept as wrong.
 */
final class Storm implements AutoCloseable {
    private static final long PAUSE = 50;
    private static final int MOST_KEPT = 20;

    private final List<String> nodes;
    private final String campaign;
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch next = new CountDownLatch(1);
    private volatile boolean over;

    /** @param nodes addresses of servers; who cannot reach one asks the next */
    Storm(List<String> nodes, String campaign, List<Client> annotators) {
        this.nodes = nodes;
        this.campaign = campaign;
        for (var annotator : annotators) {
            int first = threads.size();
            threads.add(Thread.ofVirtual().start(() -> work(annotator, first)));
        }
    }

    private void work(Client annotator, int first) {
        int node = first;
        try {
            while (!over) {
                node = step(annotator, node);
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            wrong.add("an annotator stopped: " + unexpected);
        }
    }

    private int step(Client annotator, int node) throws InterruptedException {
        try {
            var claim =
                    annotator.post(at(node) + "/api/v1/annotate/campaigns/" + campaign + "/claims", Map.of("count", 1));
            if (!good(claim, 200)) {
                Thread.sleep(PAUSE);
                return node;
            }
            var held = Client.JSON.readTree(claim.body()).path("assignments");
            if (held.isEmpty()) {
                Thread.sleep(PAUSE);
            }
            int last = node;
            for (var assignment : held) {
                last = send(annotator, assignment, last);
            }
            return last;
        } catch (IOException nobodyThere) {
            unheard.incrementAndGet();
            Thread.sleep(PAUSE);
            return node + 1;
        }
    }

    private int send(Client annotator, JsonNode assignment, int node) throws InterruptedException {
        var id = UUID.randomUUID();
        var ratings = Map.of("left", 1 + (id.hashCode() & 3), "right", 1 + (id.hashCode() >> 2 & 3));
        var label = Map.of(
                "id",
                id,
                "assignment",
                assignment.path("id").asString(),
                "token",
                assignment.path("token").asLong(),
                "answers",
                Map.of("instruction_following", ratings, "visual_quality", ratings),
                "activeMilliseconds",
                1_000);
        int last = node;
        while (!over) {
            try {
                var answer = annotator.post(at(last) + "/api/v1/annotate/labels", label);
                if (good(answer, 200, 201)) {
                    acknowledged.add(id);
                    next.countDown();
                    return last;
                }
                if (answer.statusCode() == 409) {
                    return last;
                }
            } catch (IOException nobodyThere) {
                unheard.incrementAndGet();
                last++;
            }
            Thread.sleep(PAUSE);
        }
        return last;
    }

    private String at(int node) {
        return nodes.get(Math.floorMod(node, nodes.size()));
    }

    /** Whether the answer is the wanted one. */
    private boolean good(HttpResponse<String> answer, Integer... wanted) {
        if (List.of(wanted).contains(answer.statusCode())) {
            return true;
        }
        if (answer.statusCode() == 503
                && isProblem(answer)
                && answer.headers().firstValue("Retry-After").isPresent()) {
            unavailable.incrementAndGet();
        } else if (!(answer.statusCode() == 409 && isProblem(answer)) && wrong.size() < MOST_KEPT) {
            wrong.add(answer.request().method() + " " + answer.request().uri().getPath() + ": " + answer.statusCode()
                    + " " + answer.headers().map() + " " + answer.body());
        }
        return false;
    }

    private static boolean isProblem(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                && answer.body().contains("\"code\":");
    }

    /** Waits for labels that are acknowledged from now on; whether they came in time. */
    boolean awaitLabels(int count, long seconds) throws InterruptedException {
        var latch = new CountDownLatch(count);
        next = latch;
        return latch.await(seconds, TimeUnit.SECONDS);
    }

    Set<UUID> acknowledged() {
        return acknowledged;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int unavailable() {
        return unavailable.get();
    }

    int unheard() {
        return unheard.get();
    }

    /** Lets everybody finish what they are sending, and no more. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }
}
