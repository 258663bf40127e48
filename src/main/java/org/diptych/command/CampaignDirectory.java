package org.diptych.command;

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
}
