package org.diptych.service.acquisition;

import java.util.List;
import org.diptych.service.campaign.PolicyNames;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.springframework.stereotype.Component;

/** Tells campaigns which policies there are: they stand to the left of this step and cannot look. */
@Component
class KnownPolicies implements PolicyNames {
    @Override
    public List<String> all() {
        return AcquisitionPolicy.names();
    }
}
