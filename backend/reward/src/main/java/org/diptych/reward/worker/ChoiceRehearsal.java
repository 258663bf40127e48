package org.diptych.reward.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.diptych.reward.RewardModel;
import org.diptych.service.acquisition.ChoicePreview;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelVersionService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Chooses by settings that do not hold yet, exactly as a training run would at its end, and writes nothing. */
@Component
class ChoiceRehearsal {
    private final ModelVersionService models;
    private final ModelArchive archive;
    private final CandidateScoring scoring;
    private final SnapshotReader snapshots;
    private final NextBatch next;
    private final JdbcClient jdbc;

    ChoiceRehearsal(
            ModelVersionService models,
            ModelArchive archive,
            CandidateScoring scoring,
            SnapshotReader snapshots,
            NextBatch next,
            JdbcClient jdbc) {
        this.models = models;
        this.archive = archive;
        this.scoring = scoring;
        this.snapshots = snapshots;
        this.next = next;
        this.jdbc = jdbc;
    }

    /**
     * Chooses.
     *
     * @param look is called between steps, and ends them by throwing
     */
    ChoicePreview choose(UUID campaign, ChoicePreview.Settings settings, Runnable look) throws IOException {
        var active = models.active(campaign)
                .orElseThrow(() -> Problem.conflict("no_model", "This campaign has no active model any more."));
        var frozen = snapshots.newest(campaign).orElseThrow();
        try (var unpacked = archive.open(active.digest());
                var model = RewardModel.load(unpacked.folder().resolve(ModelArchive.MODEL), active.encoderId())) {
            var scored = scoring.score(active, model, (_, _) -> look.run());
            scoring.requireUsable(active, scored);
            var labels = snapshots.labels(frozen.id());
            look.run();
            var rules = AcquisitionRules.of(jdbc, campaign).with(settings);
            var chosen = next.choose(campaign, rules, scored, labels, active.number(), look);
            var plan = chosen.plan();
            var caps = BatchChoice.caps(chosen.askable().open(), settings.acquisitionBatch());
            return new ChoicePreview(
                    active.number(),
                    frozen.digest(),
                    chosen.policy().name(),
                    rules.inPlaceOf(chosen.policy()),
                    chosen.askable().open().size(),
                    chosen.askable().labelled().size(),
                    caps.perItem(),
                    caps.perGroup(),
                    plan.pairs().size(),
                    plan.opinions().size(),
                    first(plan));
        }
    }

    private static List<ChoicePreview.Chosen> first(QueueService.Plan plan) {
        record Ranked(double priority, ChoicePreview.Chosen chosen) {}
        var all = new ArrayList<Ranked>();
        plan.pairs().forEach(choice -> all.add(new Ranked(choice.priority(), chosen(choice, false))));
        plan.opinions().forEach(choice -> all.add(new Ranked(choice.priority(), chosen(choice, true))));
        return all.stream()
                .sorted(Comparator.comparingDouble(Ranked::priority).reversed())
                .limit(ChoicePreview.MOST_LISTED)
                .map(Ranked::chosen)
                .toList();
    }

    private static ChoicePreview.Chosen chosen(QueueService.Choice choice, boolean another) {
        return new ChoicePreview.Chosen(choice.pair(), another, choice.selectionProbability(), choice.scoreParts());
    }
}
