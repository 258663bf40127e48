/** History: a chain over the labels that makes changes and losses visible, and its verification. */
@NullMarked
package org.diptych.service.history;

import org.jspecify.annotations.NullMarked;
