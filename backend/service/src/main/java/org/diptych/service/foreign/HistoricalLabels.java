package org.diptych.service.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.foreign.ImportedLabelTable.Edits;
import org.diptych.service.foreign.ImportedLabelTable.Written;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds labels of another tool to a campaign, batch by batch: what was added before a failure stays, and the same import run
 * again adds the rest.
 */
@Component
class HistoricalLabels {
    private static final int BATCH = 500;
    private static final long MOST_CHARACTERS = 8_000_000;

    private final ImportedLabelTable table;
    private final ProtocolService protocols;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    HistoricalLabels(
            ImportedLabelTable table,
            ProtocolService protocols,
            AuditLog audit,
            PlatformTransactionManager transactionManager) {
        this.table = table;
        this.protocols = protocols;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /**
     * Adds labels.
     *
     * @param file {@link ImportedLabel}s, one JSON object a line
     * @param items that are in the campaign as the file has them; labels of others are not taken
     */
    void add(SignedIn lead, UUID campaign, Tool tool, Path file, Set<String> items, ForeignTally tally)
            throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            for (var batch = batch(reader); !batch.isEmpty(); batch = batch(reader)) {
                var wanted = wanted(batch, items, tally);
                // counted when it is committed: a batch may be given up
                Objects.requireNonNull(transactions.execute(_ -> write(lead, campaign, tool, wanted)))
                        .forEach(fate -> fate.tell(tally));
            }
        }
    }

    /** Counts the labels that would be added if none were there. */
    void pretend(Path file, Set<String> items, ForeignTally tally) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            for (var batch = batch(reader); !batch.isEmpty(); batch = batch(reader)) {
                tally.labelsAdded(wanted(batch, items, tally).size());
            }
        }
    }

    private static List<ImportedLabel> wanted(List<ImportedLabel> batch, Set<String> items, ForeignTally tally) {
        var wanted = new ArrayList<ImportedLabel>();
        for (var label : batch) {
            if (items.contains(label.item())) {
                wanted.add(label);
            } else {
                reject(label, "item " + Fields.shown(label.item()) + " was not imported, so its label is not", tally);
            }
        }
        return wanted;
    }

    private static List<ImportedLabel> batch(BufferedReader reader) throws IOException {
        var batch = new ArrayList<ImportedLabel>();
        long characters = 0;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            batch.add(JsonMapper.shared().readValue(line, ImportedLabel.class));
            characters += line.length();
            if (batch.size() == BATCH || characters > MOST_CHARACTERS) {
                break;
            }
        }
        return batch;
    }

    /** What became of a label. */
    private interface Outcome {
        void tell(ForeignTally tally);
    }

    private List<Outcome> write(SignedIn lead, UUID campaign, Tool tool, List<ImportedLabel> labels) {
        var fates = new ArrayList<Outcome>();
        if (labels.isEmpty()) {
            return fates;
        }
        table.queue(campaign);
        var pairs = table.pairs(campaign, ImportedLabelTable.items(labels));
        var annotators = table.annotators(
                campaign, tool, labels.stream().map(ImportedLabel::annotator).toList());
        var documents = new HashMap<String, Protocol>();
        var rows = new ArrayList<Written>();
        for (var label : labels) {
            boolean swapped = label.first() > label.second();
            var pair = pairs.get(
                    swapped
                            ? new Edits(label.item(), label.second(), label.first())
                            : new Edits(label.item(), label.first(), label.second()));
            if (pair == null) {
                fates.add(
                        tally -> reject(label, "the two edits are the same picture: there is no pair to label", tally));
                continue;
            }
            var protocol = documents.computeIfAbsent(
                    label.protocol(),
                    reference -> protocols.ofImportedLabels(reference).protocol());
            rows.add(new Written(
                    ImportedLabelTable.id(campaign, pair, tool, label),
                    pair,
                    Objects.requireNonNull(annotators.get(label.annotator()), "added above"),
                    protocol,
                    swapped ? exchanged(label.answers()) : label.answers(),
                    swapped,
                    label));
        }
        var present = table.answers(rows.stream().map(Written::id).toList());
        var head = table.head(campaign);
        long added = 0;
        for (var row : rows) {
            var answers = JsonMapper.shared().readTree(row.answers());
            var former = present.putIfAbsent(row.id(), answers);
            if (former == null) {
                head = table.add(campaign, lead.id(), tool, head, row);
                added++;
            } else if (former.equals(answers)) {
                fates.add(ForeignTally::labelUnchanged);
            } else {
                fates.add(tally -> reject(
                        row.label(),
                        "this answer of " + row.label().annotator()
                                + " is in the campaign already, with another content; labels are never changed",
                        tally));
            }
        }
        if (added > 0) {
            long count = added;
            fates.add(tally -> tally.labelsAdded(count));
            audit.write(
                    AuditAction.LABELS_IMPORTED,
                    lead.id(),
                    campaign,
                    null,
                    null,
                    Map.of("from", tool.word(), "labels", count));
        }
        return fates;
    }

    private static String exchanged(String answers) {
        var exchanged = new HashMap<String, Answer>();
        AnswerJson.fromStored(answers).forEach((dimension, answer) -> exchanged.put(dimension, answer.exchanged()));
        return AnswerJson.toStored(exchanged);
    }

    private static void reject(ImportedLabel label, String message, ForeignTally tally) {
        tally.rejectLabel(new ForeignProblem(label.file(), label.row(), label.field(), message));
    }
}
