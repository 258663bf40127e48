/** The lead's page about the protocol of a campaign. */
@NullMarked
package org.diptych.ui.protocol;

import org.jspecify.annotations.NullMarked;
