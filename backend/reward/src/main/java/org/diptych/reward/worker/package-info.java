/**
 * The worker: takes training runs from the queue of jobs, trains, evaluates, promotes, scores, and puts the next pairs in
 * front. Everything it knows comes from the database and everything it makes goes there, so it can die at any moment.
 */
@NullMarked
package org.diptych.reward.worker;

import org.jspecify.annotations.NullMarked;
