package org.diptych.command;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Starts a training run and, when asked, follows it to its end. */
@Command(
        name = "train",
        description = "Starts a training run of a campaign's reward model and prints the run.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class TrainCommand implements Callable<Integer> {
    private static final long POLL_MILLISECONDS = 500;
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELLED");

    @Spec
    private CommandSpec spec;

    @Mixin
    private CampaignOptions options;

    @Option(
            names = "--wait",
            description = "Stays until the run has ended; the exit status is 1 when it failed or was cancelled.")
    private boolean wait;

    @Override
    public Integer call() throws InterruptedException {
        ServerClient client = options.client();
        String runs = CampaignDirectory.path(client, options.campaign()) + "/training-runs";
        if (wait) {
            waitForTheOneUnderWay(client, runs);
        }
        String run = runs + "/" + client.post(runs, Map.of()).path("id").asString();
        JsonNode state = wait ? follow(client, run) : client.get(run);
        Output.result(spec, state);
        if (ended(state) && !stateOf(state).equals("FINISHED")) {
            Output.say(spec, describe(state));
            return 1;
        }
        if (state.path("choiceFailure").isString()) {
            Output.say(spec, describe(state));
        }
        return 0;
    }

    /** A run that began earlier does not know the latest labels: it is left to end, then ours starts. */
    private void waitForTheOneUnderWay(ServerClient client, String runs) throws InterruptedException {
        JsonNode latest = client.get(runs).path(0);
        if (latest.isObject() && !ended(latest)) {
            Output.say(spec, "A training run is under way; this one starts after it.");
            follow(client, runs + "/" + latest.path("id").asString());
        }
    }

    private JsonNode follow(ServerClient client, String run) throws InterruptedException {
        JsonNode state = client.get(run);
        String shown = "";
        while (!ended(state)) {
            String progress = describe(state);
            if (!progress.equals(shown)) {
                Output.say(spec, progress);
                shown = progress;
            }
            Thread.sleep(POLL_MILLISECONDS);
            state = client.get(run);
        }
        return state;
    }

    private static boolean ended(JsonNode run) {
        return ENDED.contains(stateOf(run));
    }

    private static String stateOf(JsonNode run) {
        return run.path("state").asString("").toUpperCase(Locale.ROOT);
    }

    private static String describe(JsonNode run) {
        StringBuilder text = new StringBuilder(stateOf(run).toLowerCase(Locale.ROOT));
        if (run.path("epochs").asInt(0) > 0) {
            text.append(", epoch ")
                    .append(run.path("epoch").asInt())
                    .append(" of ")
                    .append(run.path("epochs").asInt());
        }
        if (run.path("loss").isNumber()) {
            text.append(", loss ").append(run.path("loss").asDouble());
        }
        if (run.path("validationLoss").isNumber()) {
            text.append(", validation loss ").append(run.path("validationLoss").asDouble());
        }
        String message = run.path("message").asString("");
        return message.isEmpty()
                ? text.toString()
                : text.append(": ").append(message).toString();
    }
}
