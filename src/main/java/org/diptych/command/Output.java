package org.diptych.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Results to standard output as JSON, words for people to standard error. */
final class Output {
    private Output() {}

    static void result(CommandSpec spec, Object value) {
        line(spec, ServerClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    /** A result that is not JSON, where the caller asked for that. */
    static void line(CommandSpec spec, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    static void say(CommandSpec spec, String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
    }
}
