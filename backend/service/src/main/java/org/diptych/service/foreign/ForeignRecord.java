package org.diptych.service.foreign;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a file of another tool: a task, and what was answered.
 *
 * @param file its path
 * @param row from 1
 * @param fields of the task
 * @param answers each with fields of its own; what is the same for all stands in {@code fields}
 * @param questions names of the fields of answers in which people were asked something; none where the tool does not tell
 */
record ForeignRecord(String file, int row, ObjectNode fields, List<ObjectNode> answers, Set<String> questions) {
    ForeignRecord {
        answers = List.copyOf(answers);
        questions = Collections.unmodifiableSet(new LinkedHashSet<>(questions));
    }

    ForeignRecord(String file, int row, ObjectNode fields, List<ObjectNode> answers) {
        this(file, row, fields, answers, Set.of());
    }
}
