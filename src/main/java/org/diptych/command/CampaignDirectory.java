package org.diptych.command;

import java.util.ArrayList;
import java.util.List;
import org.diptych.service.request.OneLine;
import tools.jackson.databind.JsonNode;

/** Finds campaigns by the names that people use. */
final class CampaignDirectory {
    private CampaignDirectory() {}

    /** The path of the campaign's resource, {@code /api/v1/campaigns/ID}. */
    static String path(ServerClient client, String name) {
        return "/api/v1/campaigns/" + id(client, name);
    }

    /**
     * The id of the campaign with this name.
     *
     * @throws CommandFailure naming the campaigns there are when there is none of that name
     */
    static String id(ServerClient client, String name) {
        JsonNode campaigns = client.get("/api/v1/campaigns");
        for (JsonNode campaign : campaigns) {
            if (OneLine.trimmed(campaign.path("name").asString("")).equals(OneLine.trimmed(name))) {
                return campaign.path("id").asString();
            }
        }
        StringBuilder known = new StringBuilder();
        for (JsonNode campaign : campaigns) {
            known.append(known.isEmpty() ? "" : ", ")
                    .append(campaign.path("name").asString());
        }
        throw CommandFailure.badInput("There is no campaign named \"" + name + "\" that this account leads. "
                + (known.isEmpty() ? "There is none at all." : "There are: " + known + "."));
    }

    /**
     * The name of the only campaign that there is for this account.
     *
     * @throws CommandFailure naming the campaigns when there are several, or none
     */
    static String only(ServerClient client) {
        List<String> names = new ArrayList<>();
        client.get("/api/v1/campaigns")
                .forEach(campaign -> names.add(campaign.path("name").asString("")));
        if (names.size() != 1) {
            throw CommandFailure.badInput(
                    names.isEmpty()
                            ? "This account leads no campaign, so it has no model."
                            : "Give the campaign whose model it is with --campaign. There are: "
                                    + String.join(", ", names) + ".");
        }
        return names.getFirst();
    }
}
