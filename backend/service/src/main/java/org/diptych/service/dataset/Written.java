package org.diptych.service.dataset;

/**
 * What an export came to.
 *
 * @param rows lines, records, or rows of the first table
 * @param leftOut labelled tasks that have none
 */
record Written(long rows, long leftOut) {
    Written and(Written more) {
        return new Written(rows + more.rows, leftOut + more.leftOut);
    }
}
