package org.diptych.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Results to standard output as JSON, words for people to standard error. */
final class Output {
    private Output() {}

    static void result(CommandSpec spec, Object value) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(ServerClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
        out.flush();
    }

    static void say(CommandSpec spec, String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
    }
}
