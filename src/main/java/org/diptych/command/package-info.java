/**
 * The command line but for the server itself. Commands talk to a running server over its REST interface; those that keep
 * data safe (backup, restore, verify) work on the data themselves, for the server may be what is broken. None starts Spring.
 * Results go to standard output as JSON, everything meant for people to standard error.
 */
@NullMarked
package org.diptych.command;

import org.jspecify.annotations.NullMarked;
