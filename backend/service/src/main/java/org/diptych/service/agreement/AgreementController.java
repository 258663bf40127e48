package org.diptych.service.agreement;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.account.SignedIn;
import org.diptych.service.agreement.AgreementFilter.Level;
import org.diptych.service.agreement.AgreementFilter.Part;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Agreement, for programs of leads. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/agreement")
class AgreementController {
    private final AgreementService agreement;
    private final AgreementFigureService figures;

    AgreementController(AgreementService agreement, AgreementFigureService figures) {
        this.agreement = agreement;
        this.figures = figures;
    }

    /** In a few figures. */
    @GetMapping
    CampaignAgreement agreement(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return agreement.of(who, campaign);
    }

    /** All figures of the agreement page. */
    @GetMapping("/figures")
    AgreementFigures figures(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, Parameters parameters) {
        return figures.of(who, campaign, parameters.filter());
    }

    /** Pairs that two annotators, by their user names, answered differently. */
    @GetMapping("/between")
    List<AgreementFigures.Disputed> between(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            Parameters parameters,
            @RequestParam String one,
            @RequestParam String other) {
        return figures.between(who, campaign, parameters.filter(), one, other);
    }

    /** A filter, as an address says it. */
    record Parameters(
            @Nullable String protocol,
            @Nullable String stratum,
            @Nullable String from,
            @Nullable String to,
            @Nullable String annotator,
            @Nullable String category,
            @Nullable String dimension,
            @Nullable String level) {

        AgreementFilter filter() {
            return new AgreementFilter(
                    protocol,
                    choice("stratum", stratum, Part.UNIFORM, Part.values()),
                    day("from", from),
                    day("to", to),
                    annotator,
                    category,
                    dimension,
                    choice("level", level, Level.ORDINAL, Level.values()));
        }

        private static @Nullable LocalDate day(String field, @Nullable String text) {
            try {
                return text == null ? null : LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw Problem.invalid(
                        "invalid_day", field, "A day is written like 2026-11-28, and not \"" + text + "\".");
            }
        }

        private static <E extends Enum<E>> E choice(String field, @Nullable String text, E otherwise, E[] values) {
            if (text == null) {
                return otherwise;
            }
            return Arrays.stream(values)
                    .filter(value -> value.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(
                            "unknown_" + field,
                            field,
                            "The " + field + " must be one of "
                                    + Arrays.stream(values)
                                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(", "))
                                    + "."));
        }
    }
}
