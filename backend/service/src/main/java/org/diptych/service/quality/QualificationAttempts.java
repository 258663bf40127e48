package org.diptych.service.quality;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface QualificationAttempts extends JpaRepository<QualificationAttempt, UUID> {
    /** The attempt under way. */
    Optional<QualificationAttempt> findByAnnotatorAndCampaignAndFinishedAtIsNull(UUID annotator, UUID campaign);

    int countByAnnotatorAndCampaign(UUID annotator, UUID campaign);
}
