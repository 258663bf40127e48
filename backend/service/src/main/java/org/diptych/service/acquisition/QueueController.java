package org.diptych.service.acquisition;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is next, and why. */
@RestController
class QueueController {
    private static final int MOST_LISTED = 500;

    private final QueueService queue;

    QueueController(QueueService queue) {
        this.queue = queue;
    }

    @GetMapping("/api/v1/campaigns/{campaign}/queue")
    List<EntryJson> next(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "50") int limit) {
        return queue.next(who, campaign, Math.clamp(limit, 1, MOST_LISTED)).stream()
                .map(EntryJson::of)
                .toList();
    }

    record EntryJson(
            UUID pair,
            String item,
            String instruction,
            @Nullable String category,
            String stratum,
            double priority,
            double selectionProbability,
            @JsonRawValue String scoreParts,
            int filled,
            int wanted,
            boolean another,
            @Nullable String policy,
            @Nullable Integer model,
            boolean pinned,
            boolean vetoed) {
        static EntryJson of(QueueEntry entry) {
            return new EntryJson(
                    entry.pair(),
                    entry.item(),
                    entry.instruction(),
                    entry.category(),
                    entry.stratum(),
                    entry.priority(),
                    entry.selectionProbability(),
                    entry.scoreParts(),
                    entry.filled(),
                    entry.wanted(),
                    entry.another(),
                    entry.policy(),
                    entry.modelVersion(),
                    entry.pinned(),
                    entry.vetoed());
        }
    }
}
