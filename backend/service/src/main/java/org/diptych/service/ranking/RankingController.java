package org.diptych.service.ranking;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How editing models compare, for programs of leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class RankingController {
    private final RankingService rankings;

    RankingController(RankingService rankings) {
        this.rankings = rankings;
    }

    @GetMapping("/ranking")
    CampaignRanking ranking(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "uniform") String population,
            @RequestParam(defaultValue = "raw") String answers,
            @RequestParam(required = false) @Nullable String category) {
        return rankings.of(who, campaign, RankingChoice.of(population, answers, category));
    }

    @GetMapping("/ranking.csv")
    ResponseEntity<String> download(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestParam(defaultValue = "uniform") String population,
            @RequestParam(defaultValue = "raw") String answers,
            @RequestParam(required = false) @Nullable String category) {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"ranking.csv\"")
                .body(rankings.csv(who, campaign, RankingChoice.of(population, answers, category)));
    }
}
