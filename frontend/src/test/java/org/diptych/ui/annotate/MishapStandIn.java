package org.diptych.ui.annotate;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;

/** What comes in place of the server's answer: an error, the page of a proxy or of a network's sign-in, a redirect. */
@NullUnmarked
final class MishapStandIn {
    private record Mishap(BiPredicate<String, String> meets, int status, String type, String text) {}

    private final List<Mishap> mishaps = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** From now on calls whose path ends like this are answered like this. */
    void answer(String ending, int status, String type, String text) {
        mishaps.add(new Mishap((path, body) -> path.endsWith(ending), status, type, text));
    }

    /** From now on labels of which this holds are answered with an error. */
    void refuseLabels(Predicate<String> body, int status) {
        BiPredicate<String, String> meets = (path, sent) -> path.equals("/annotate/labels") && body.test(sent);
        mishaps.add(new Mishap(meets, status, "application/problem+json", "{\"code\":\"internal_error\"}"));
    }

    /** All is well again. */
    void end() {
        mishaps.clear();
    }

    /** Method and path of all calls since they were forgotten last. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many of them ask for longer leases. */
    long heartbeats() {
        return calls.stream().filter(call -> call.endsWith("/heartbeat")).count();
    }

    /** Calls that come from now on count; a page may have some on their way still. */
    void forgetCalls() {
        calls.clear();
    }

    /** Whether the call met a mishap; it is answered then. */
    boolean meets(HttpExchange exchange, String path, byte[] body) throws IOException {
        calls.add(exchange.getRequestMethod() + " " + path);
        var sent = new String(body, StandardCharsets.UTF_8);
        for (var mishap : mishaps) {
            if (mishap.meets.test(path, sent)) {
                if (mishap.status >= 300 && mishap.status < 400) {
                    exchange.getResponseHeaders().set("Location", "/login");
                }
                AnnotationServer.send(exchange, mishap.status, mishap.type, mishap.text);
                return true;
            }
        }
        return false;
    }
}
