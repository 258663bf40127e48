package org.diptych.statistics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.junit.jupiter.api.Test;

/** On ImagenHub's human ratings; reference figures are those of the table's README (40 splits, L2 = 1). */
class ReplayTest {
    private static final ReplayTable TABLE = ReplayTableReaderTest.viescore();

    @Test
    void with_the_published_weak_prior_it_reproduces_the_published_rows() {
        var report = replay(ReplaySettings.standard(
                        List.of(AcquisitionPolicy.named("d-optimal"), AcquisitionPolicy.named("entropy")))
                .withPrior(pool -> new Prior.Fixed(1), false)
                .withSplits(8));
        var uniform = report.of("uniform");
        assertThat(uniform.accuracy().get(100)).isCloseTo(.7211, within(twoErrors(uniform, 100)));
        assertThat(uniform.accuracy().get(200)).isCloseTo(.7465, within(twoErrors(uniform, 200)));
        assertThat(uniform.accuracy().get(420)).isCloseTo(.7696, within(twoErrors(uniform, 420)));
        var optimal = report.of("d-optimal");
        assertThat(optimal.gain()).isCloseTo(.0190, within(2 * Math.hypot(optimal.standardError(), .0029)));
        assertThat(optimal.low()).isPositive();
        var entropy = report.of("entropy");
        assertThat(entropy.gain()).isCloseTo(.0167, within(2 * Math.hypot(entropy.standardError(), .0024)));
    }

    private static double twoErrors(ReplayReport.PolicyReport report, int labels) {
        return 2 * report.accuracyStandardError().getOrDefault(labels, 0.0);
    }

    @Test
    void one_label_on_many_pairs_beats_three_on_few_and_the_adaptive_choice_is_no_worse() {
        var settings = ReplaySettings.standard(List.of(AcquisitionPolicy.named("uniform")))
                .withSplits(6);
        var once = area(settings);
        assertThat(once - area(settings.withLabelsPerPair(new LabelsPerPair.Fixed(3))))
                .isGreaterThan(.005);
        var adaptive = area(settings.withLabelsPerPair(new LabelsPerPair.Adaptive(3)));
        assertThat(adaptive).isGreaterThan(once - .003);
        var noisy = settings.withReliabilities(List.of(.7, .95));
        assertThat(area(noisy.withLabelsPerPair(new LabelsPerPair.Adaptive(3)))).isGreaterThan(area(noisy) - .003);
    }

    private static double area(ReplaySettings settings) {
        return replay(settings).of("uniform").accuracy().values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    @Test
    void overlap_buys_an_interval_of_alpha_and_single_labels_none() {
        var settings = ReplaySettings.standard(List.of()).withSplits(3);
        var single = replay(settings).of("uniform").alpha();
        assertThat(single.value()).isNull();
        assertThat(single.reason()).contains("no pair");
        var triple =
                replay(settings.withLabelsPerPair(new LabelsPerPair.Fixed(3))).of("uniform");
        assertThat(triple.labelledPairs()).isCloseTo(140, within(.01));
        assertThat(triple.alpha().value()).isBetween(.3, .6);
        assertThat(triple.alpha().intervalWidth()).isBetween(.1, .3);
    }

    @Test
    void default_policy_is_not_significantly_worse_than_uniform_under_evidence() {
        var policy = AcquisitionPolicy.standard();
        var report =
                replay(ReplaySettings.standard(List.of(policy)).withSplits(8)).of(policy.name());
        assertThat(report.high()).isPositive();
    }

    @Test
    void same_seed_replays_the_same() {
        var settings = ReplaySettings.standard(ReplayPolicies.all()).withSplits(2);
        assertThat(replay(settings)).isEqualTo(replay(settings));
    }

    @Test
    void tables_that_are_too_small_are_refused() {
        var settings = new ReplaySettings(
                List.of(), new LabelsPerPair.Fixed(1), 20, 40, 2, 179, Prior::evidence, true, List.of(), 0);
        assertThatThrownBy(() -> replay(settings)).hasMessageContaining("179 items");
    }

    private static ReplayReport replay(ReplaySettings settings) {
        return Replay.run(TABLE, settings, finished -> {});
    }
}
