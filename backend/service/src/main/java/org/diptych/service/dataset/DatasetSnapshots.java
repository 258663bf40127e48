package org.diptych.service.dataset;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface DatasetSnapshots extends JpaRepository<DatasetSnapshot, UUID> {}
