/** What requests may carry: one reader of bodies and one check of parameters, the same for every address. */
@NullMarked
package org.diptych.request;

import org.jspecify.annotations.NullMarked;
