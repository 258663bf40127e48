package org.diptych;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.diptych.embedded.StartFailure;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is reached.
 *
 * @param address of this machine that it listens on; the wildcard address for all
 * @param port port to listen on
 * @param publicUrl what people type, or null where nothing is known of it
 * @param proxies networks (CIDR) whose word is taken for whom they pass on, and how they were reached
 */
record Endpoint(InetAddress address, int port, @Nullable URI publicUrl, List<String> proxies) {
    /** Who is on the machine itself may say anything. */
    static final List<String> OWN_MACHINE = List.of("127.0.0.0/8", "::1/128");

    Endpoint {
        proxies = List.copyOf(proxies);
    }

    /** Reached from the machine itself alone. */
    static Endpoint local(int port) {
        return new Endpoint(InetAddress.getLoopbackAddress(), port, null, OWN_MACHINE);
    }

    /**
     * Makes sure that it can be had, before anything has to be undone.
     *
     * @throws StartFailure when it cannot
     */
    void requireFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException exception) {
            throw new StartFailure(
                    "Port " + port + (address.isAnyLocalAddress() ? "" : " of " + address.getHostAddress())
                            + " cannot be used: " + exception.getMessage()
                            + ". Stop the program that holds it, or choose another with --port (or --address).",
                    exception);
        }
    }

    Map<String, Object> properties() {
        return Map.of(
                "server.address",
                address.getHostAddress(),
                "server.port",
                port,
                "server.tomcat.remoteip.internal-proxies",
                String.join(",", proxies),
                "diptych.public-url",
                publicUrl == null ? "" : publicUrl.toString());
    }

    /** Where people find it, for whoever has started it. */
    String shown() {
        if (publicUrl != null) {
            return publicUrl.toString();
        }
        if (address.isLoopbackAddress()) {
            return "http://localhost:" + port + "/, for this machine alone (--address lets others in)";
        }
        return address.isAnyLocalAddress()
                ? "http://localhost:" + port + "/ and at every address of this machine"
                : URI.create("http://" + host(address) + ":" + port + "/").toString();
    }

    private static String host(InetAddress address) {
        var text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
