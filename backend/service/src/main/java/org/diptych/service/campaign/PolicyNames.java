package org.diptych.service.campaign;

import java.util.List;

/** The names of the rules that may pick pairs, told by the step that has them. */
public interface PolicyNames {
    /** All names, the default first. */
    List<String> all();
}
