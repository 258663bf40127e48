package org.diptych.service.reward;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface StoredVersions extends JpaRepository<StoredVersion, UUID> {
    List<StoredVersion> findByCampaignOrderByNumberDesc(UUID campaign);

    Optional<StoredVersion> findByCampaignAndNumber(UUID campaign, int number);

    Optional<StoredVersion> findByCampaignAndState(UUID campaign, ModelVersion.State state);

    @Query("SELECT coalesce(max(v.number), 0) FROM StoredVersion v WHERE v.campaign = :campaign")
    int lastNumber(@Param("campaign") UUID campaign);

    /** Holds the campaign until the transaction ends: one promotion at a time, each on what the one before has left. */
    @Query(nativeQuery = true, value = "SELECT CAST(id AS text) FROM campaign WHERE id = :campaign FOR NO KEY UPDATE")
    Optional<String> hold(@Param("campaign") UUID campaign);
}
