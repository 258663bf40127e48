package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.List;
import org.diptych.statistics.acquisition.AcquisitionPolicy;

/** What can be replayed: the policies of campaigns, and those that need more than a campaign knows. */
public final class ReplayPolicies {
    private ReplayPolicies() {}

    /** Every policy, the baseline first. */
    public static List<AcquisitionPolicy> all() {
        var all = new ArrayList<>(AcquisitionPolicy.all());
        all.add(new BalPm());
        return all;
    }

    /**
     * The policy of that name; {@code default} is {@link AcquisitionPolicy#standard}.
     *
     * @throws IllegalArgumentException when there is none, with the names that exist
     */
    public static AcquisitionPolicy named(String name) {
        var balPm = new BalPm();
        if (name.equals(balPm.name())) {
            return balPm;
        }
        if (!AcquisitionPolicy.isKnown(name)) {
            throw new IllegalArgumentException("No policy is called \"%s\"; there are %s, %s"
                    .formatted(name, String.join(", ", AcquisitionPolicy.names()), balPm.name()));
        }
        return AcquisitionPolicy.named(name);
    }
}
