package org.diptych.campaign;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface Campaigns extends JpaRepository<Campaign, UUID> {
    Optional<Campaign> findByName(String name);
}
