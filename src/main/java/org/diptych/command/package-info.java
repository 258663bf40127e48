/**
 * The client side of the command line. Every command here talks to a running server over its REST interface and starts
 * neither Spring nor a database. Results go to standard output as JSON, everything meant for people to standard error.
 */
@NullMarked
package org.diptych.command;

import org.jspecify.annotations.NullMarked;
