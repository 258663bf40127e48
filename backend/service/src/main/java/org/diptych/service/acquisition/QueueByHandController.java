package org.diptych.service.acquisition;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.reward.ModelInquiry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What leads do to the queue by hand, why a pair is where it is, and what other settings would choose. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/queue")
class QueueByHandController {
    private static final int MOST_LISTED = 500;

    private final QueueByHand hand;
    private final QueuePlaces places;
    private final ChoicePreviews previews;

    QueueByHandController(QueueByHand hand, QueuePlaces places, ChoicePreviews previews) {
        this.hand = hand;
        this.places = places;
        this.previews = previews;
    }

    /** Pairs to put in front, the first one first. */
    record Pins(List<UUID> pairs) {}

    @PostMapping("/pins")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pin(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @RequestBody Pins pins) {
        hand.pin(who, campaign, pins.pairs());
    }

    @DeleteMapping("/pins/{pair}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unpin(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        hand.unpin(who, campaign, pair);
    }

    /** The latest vetoes, or the latest of those that are older than the last one of the answer before. */
    @GetMapping("/vetoes")
    List<QueuePlaces.Vetoed> vetoes(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(required = false) @Nullable Instant before) {
        return places.vetoed(who, campaign, before, MOST_LISTED);
    }

    @PutMapping("/vetoes/{pair}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void veto(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        hand.veto(who, campaign, pair);
    }

    @DeleteMapping("/vetoes/{pair}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void allow(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        hand.allow(who, campaign, pair);
    }

    @GetMapping("/pairs/{pair}")
    PlaceJson place(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID pair) {
        return PlaceJson.of(places.of(who, campaign, pair));
    }

    /** A worker chooses by these settings; what it would put in front is found under the id. */
    @PostMapping("/previews")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, UUID> preview(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestBody ChoicePreview.Settings settings) {
        return Map.of("id", previews.ask(who, campaign, settings));
    }

    @GetMapping("/previews/{id}")
    PreviewJson preview(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID id) {
        return PreviewJson.of(previews.find(who, campaign, id));
    }

    @DeleteMapping("/previews/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID id) {
        previews.cancel(who, campaign, id);
    }

    record PreviewJson(
            UUID id,
            ModelInquiry.State state,
            ChoicePreview.Settings asked,
            @Nullable ChoicePreview result,
            @Nullable String message) {
        static PreviewJson of(ChoicePreviews.Preview preview) {
            return new PreviewJson(preview.id(), preview.state(), preview.asked(), preview.result(), preview.message());
        }
    }

    record PlaceJson(
            UUID pair,
            String stratum,
            QueuePlace.Standing standing,
            @Nullable Integer before,
            boolean beforeAtLeast,
            QueuePlace.@Nullable ChosenBy chosenBy,
            QueuePlace.@Nullable Batch batch,
            @Nullable Double selectionProbability,
            @JsonRawValue @Nullable String scoreParts,
            boolean another,
            QueuePlace.@Nullable Veto veto,
            QueuePlace.Waits waits) {
        static PlaceJson of(QueuePlace place) {
            return new PlaceJson(
                    place.pair(),
                    place.stratum(),
                    place.standing(),
                    place.before(),
                    place.beforeAtLeast(),
                    place.chosenBy(),
                    place.batch(),
                    place.selectionProbability(),
                    place.scoreParts(),
                    place.another(),
                    place.veto(),
                    place.waits());
        }
    }
}
