package org.diptych.reward;

import java.util.List;

/**
 * Where a fit stands.
 *
 * @param step optimizer steps made
 * @param arrays parameters, then first and second moments, in the order of {@link HeadParameters#all}
 */
record FitState(int step, List<float[]> arrays) {

    FitState {
        arrays = List.copyOf(arrays);
    }
}
