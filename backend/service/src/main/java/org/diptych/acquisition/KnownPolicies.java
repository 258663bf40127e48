package org.diptych.acquisition;

import java.util.List;
import org.diptych.campaign.PolicyNames;
import org.springframework.stereotype.Component;

/** Tells campaigns which policies there are: they stand to the left of this step and cannot look. */
@Component
class KnownPolicies implements PolicyNames {
    @Override
    public List<String> all() {
        return AcquisitionPolicy.names();
    }
}
