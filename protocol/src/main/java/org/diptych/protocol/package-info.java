/**
 * The annotation protocol: published, immutable documents and the types that read them. {@code SPEC.md} in this module
 * says in prose what is asked, why, and how verdicts derive from answers.
 */
@NullMarked
package org.diptych.protocol;

import org.jspecify.annotations.NullMarked;
