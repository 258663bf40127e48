package org.diptych.service.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ApiTokens extends JpaRepository<ApiToken, UUID> {
    List<ApiToken> findByAccountAndRevokedAtIsNullOrderByCreatedAtDesc(UUID account);

    Optional<ApiToken> findByIdAndAccount(UUID id, UUID account);
}
