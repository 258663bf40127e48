/** What requests may carry: one reader of bodies and one check of parameters, the same for every address. */
@NullMarked
package org.diptych.service.request;

import org.jspecify.annotations.NullMarked;
