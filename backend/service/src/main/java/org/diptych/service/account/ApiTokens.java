package org.diptych.service.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface ApiTokens extends JpaRepository<ApiToken, UUID> {
    List<ApiToken> findByAccountAndRevokedAtIsNullOrderByCreatedAtDesc(UUID account);

    /** Those that work, newest first. */
    @Query("""
            SELECT t FROM ApiToken t WHERE t.account = :account AND t.revokedAt IS NULL
            AND (t.expiresAt IS NULL OR t.expiresAt > :now) ORDER BY t.createdAt DESC""")
    List<ApiToken> working(@Param("account") UUID account, @Param("now") Instant now);

    Optional<ApiToken> findByIdAndAccount(UUID id, UUID account);
}
