package org.diptych.service.foreign;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a file of another tool: a task, and what was answered.
 *
 * @param file its path
 * @param row from 1
 * @param fields of the task
 * @param answers each with fields of its own; what is the same for all stands in {@code fields}
 */
record ForeignRecord(String file, int row, ObjectNode fields, List<ObjectNode> answers) {
    ForeignRecord {
        answers = List.copyOf(answers);
    }
}
