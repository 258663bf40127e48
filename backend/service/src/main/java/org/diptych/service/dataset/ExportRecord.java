package org.diptych.service.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down who took which dataset out of the product. */
@Component
class ExportRecord {
    private final AuditLog audit;

    ExportRecord(AuditLog audit) {
        this.audit = audit;
    }

    /** Somebody takes an export, which is complete and has not been sent yet: what cannot be recorded is not handed over. */
    @Transactional
    public void taken(SignedIn who, UUID campaign, ExportFormat format, ExportOptions options) {
        audit.write(AuditAction.DATASET_EXPORTED, who.id(), campaign, null, null, entry(format, options));
    }

    /** What is written down of an export. */
    static Map<String, @Nullable Object> entry(ExportFormat format, ExportOptions options) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("format", format.word());
        entry.put("filter", options.filter());
        entry.put("names", ExportOptions.word(options.names()));
        if (format.isFolder()) {
            entry.put("consensus", ExportOptions.word(options.consensus()));
            entry.put("ties", ExportOptions.word(options.ties()));
            entry.put("licence", options.licence());
        }
        if (format.hasParts()) {
            entry.put("split", options.split());
        }
        return entry;
    }
}
