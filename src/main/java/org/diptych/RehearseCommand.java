package org.diptych;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What the launcher lets the virtual machine watch, so that it can start quicker next time: the product is used a little,
 * on a folder of its own, and ends. It is no command for people, who have {@code diptych prepare}.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Uses the product a little and ends; see diptych prepare.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** What is rehearsed: one memory for each, because the server's would slow the commands. */
    enum Part {
        SERVER,
        COMMANDS
    }

    @Parameters(index = "0", paramLabel = "server|commands", description = "Which part.")
    @SuppressWarnings("NullAway.Init")
    private Part part;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "A folder that may be filled and thrown away.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return switch (part) {
            case SERVER -> server();
            case COMMANDS -> commands();
        };
    }

    private int server() throws IOException, InterruptedException {
        int port = freePort();
        Thread.ofPlatform().daemon().name("visitor").start(() -> visit(port));
        return new Server(Role.ALL, folder.toAbsolutePath().normalize(), Endpoint.local(port), null, null, false).run();
    }

    /** Looks at the sign-in page as a browser does and ends the process, with status 1 when the page never came. */
    private static void visit(int port) {
        long start = System.nanoTime();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() - start < LONGEST_START.toNanos()) {
                if (status(client, port, "/login") == 200) {
                    for (String page : List.of("/", "/api/v1/me", "/actuator/health/readiness")) {
                        status(client, port, page);
                    }
                    System.exit(CommandLine.ExitCode.OK);
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        System.exit(CommandLine.ExitCode.SOFTWARE);
    }

    private static int status(HttpClient client, int port, String page) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                .header("Accept", "text/html")
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Something to compute, something to say, and a request to a server that is not there. */
    private int commands() throws IOException {
        Path ratings = Files.writeString(folder.resolve("ratings.csv"), """
                unit,annotator,value
                a,x,1
                a,y,2
                b,x,3
                b,y,3
                c,x,1
                c,y,1
                """);
        Path password = Files.writeString(folder.resolve("password"), "none");
        run("--help");
        run(
                "token",
                "--server",
                "http://localhost:" + freePort(),
                "--user",
                "nobody",
                "--password-file",
                password.toString());
        return run("agreement", ratings.toString());
    }

    private static int run(String... arguments) {
        return Diptych.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
