/** The command line: one class a command; results as JSON on standard output, messages on standard error. */
@NullMarked
package org.diptych.command;

import org.jspecify.annotations.NullMarked;
