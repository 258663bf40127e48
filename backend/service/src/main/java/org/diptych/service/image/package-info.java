/**
 * Pictures: checked, stripped of metadata and turned upright when they come in, stored by the SHA-256 of their bytes,
 * served to the members of the campaigns they are in.
 */
@NullMarked
package org.diptych.service.image;

import org.jspecify.annotations.NullMarked;
