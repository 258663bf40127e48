package org.diptych.service.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.campaign.CheckedPairs;
import org.jspecify.annotations.Nullable;

/**
 * A campaign to be.
 *
 * @param version counts what its maker has written
 * @param owner display name of its maker
 * @param source where the pairs are; null before there are any
 * @param checked what the last check found; null before one, and where the pairs or the protocol are others since
 * @param work what goes on in the background
 * @param rowsRead the line of the manifest that the work has come to
 * @param failure why the last work failed; null where it did not
 * @param campaign the campaign that it has become, or gone into
 * @param newAccounts accounts that the launch has made and whose first passwords nobody has seen yet
 */
public record CampaignDraft(
        UUID id,
        long version,
        String owner,
        DraftChoices choices,
        @Nullable Source source,
        @Nullable CheckedPairs checked,
        Work work,
        long rowsRead,
        @Nullable Failure failure,
        @Nullable UUID campaign,
        int newAccounts,
        Instant createdAt,
        Instant changedAt) {
    /** What goes on in the background. */
    public enum Work {
        /** Nothing. */
        NONE,
        /** The pairs are read, and nothing is written. */
        CHECKING,
        /** The campaign is being made. */
        LAUNCHING,
        /** There is nothing to be done any more. */
        LAUNCHED
    }

    /**
     * Where pairs come from.
     *
     * @param upload name of the file that was sent; null for a folder alone
     * @param folder of the server; with an upload, where its pictures lie
     */
    public record Source(@Nullable String upload, @Nullable String folder) {}

    /** Why something failed, as a problem document has it. */
    public record Failure(String code, @Nullable String field, String detail) {}

    /** Tells a version from others, for {@code If-Match}. */
    @JsonIgnore
    public String tag() {
        return Long.toString(version);
    }

    /** What the check found, where there is something to import. */
    Optional<CheckedPairs> usable() {
        return Optional.ofNullable(checked).filter(pairs -> pairs.report().items() > 0);
    }
}
