/** Where disputed pairs are decided, and objections to verdicts answered. */
@NullMarked
package org.diptych.ui.adjudication;

import org.jspecify.annotations.NullMarked;
