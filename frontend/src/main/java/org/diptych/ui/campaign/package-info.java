/** Making a campaign from a manifest, and who is in it. */
@NullMarked
package org.diptych.ui.campaign;

import org.jspecify.annotations.NullMarked;
