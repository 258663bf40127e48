package org.diptych.service.alert;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads alerts for jobs of the server. */
@Service
@Transactional(readOnly = true)
public class AlertReader {
    private final AlertTable table;

    AlertReader(AlertTable table) {
        this.table = table;
    }

    /** An alert as it is now. */
    public Optional<Alert> find(UUID id) {
        return table.find(id);
    }
}
