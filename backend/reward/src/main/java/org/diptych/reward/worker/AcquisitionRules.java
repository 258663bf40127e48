package org.diptych.reward.worker;

import java.util.UUID;
import org.diptych.service.acquisition.ChoicePreview;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a campaign says about choosing.
 *
 * @param wanted name of the policy that it asks for
 * @param lift what choosing has been worth so far, if that was measured
 * @param batch labels wanted at a time
 * @param uniformShare share of the choice that is left to chance
 * @param mostLabels labels that a pair outside of the uniform stratum may get in all; 0 for never more than its own
 * @param untilModel labels that the first model waits for
 * @param seed of the random numbers
 */
record AcquisitionRules(
        String wanted,
        @Nullable MeasuredLift lift,
        int batch,
        double uniformShare,
        int mostLabels,
        int untilModel,
        long seed) {
    /** Who chooses when choosing has not paid. */
    private static final String FALL_BACK = "uniform";

    static AcquisitionRules of(JdbcClient jdbc, UUID campaign) {
        return jdbc.sql("""
                        SELECT acquisition_policy, acquisition_batch, uniform_share, acquired_labels, most_labels,
                            retrain_every, seed,
                            (SELECT m.comparison ->> 'lift' FROM model_version m WHERE m.campaign_id = campaign.id
                             AND m.comparison -> 'lift' IS NOT NULL ORDER BY m.number DESC LIMIT 1) AS lift
                        FROM campaign WHERE id = ?""")
                .param(campaign)
                .query((row, number) -> new AcquisitionRules(
                        row.getString("acquisition_policy"),
                        MeasuredLift.of(row.getString("lift")),
                        row.getInt("acquisition_batch"),
                        row.getDouble("uniform_share"),
                        row.getInt("most_labels") > row.getInt("acquired_labels") ? row.getInt("most_labels") : 0,
                        Math.max(row.getInt("retrain_every"), row.getInt("acquisition_batch")),
                        row.getLong("seed")))
                .single();
    }

    /** The same with settings that do not hold yet. */
    AcquisitionRules with(ChoicePreview.Settings settings) {
        return new AcquisitionRules(
                settings.acquisitionPolicy(),
                lift,
                settings.acquisitionBatch(),
                settings.uniformShare(),
                mostLabels,
                untilModel,
                seed);
    }

    /**
     * The campaign's policy, or chance while choosing has been measured to do harm. A name that no policy has (it was
     * stored before names were checked, or by a later release) stands for the default.
     */
    AcquisitionPolicy policy() {
        if (lift != null && lift.isNegative()) {
            return AcquisitionPolicy.named(FALL_BACK);
        }
        return AcquisitionPolicy.isKnown(wanted) ? AcquisitionPolicy.named(wanted) : AcquisitionPolicy.standard();
    }

    /** The policy that the campaign asks for, when another one chooses in its place. */
    @Nullable
    String inPlaceOf(AcquisitionPolicy chooses) {
        var asked = AcquisitionPolicy.isKnown(wanted)
                ? AcquisitionPolicy.named(wanted).name()
                : wanted;
        return asked.equals(chooses.name()) ? null : asked;
    }
}
