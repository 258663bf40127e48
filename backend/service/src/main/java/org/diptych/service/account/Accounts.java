package org.diptych.service.account;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

interface Accounts extends JpaRepository<Account, UUID> {
    Optional<Account> findByName(String name);

    /** The account, held against other changes until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT a FROM Account a WHERE a.id = :id")
    Optional<Account> lockById(@Param("id") UUID id);

    /** The account of that name, held against other changes until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT a FROM Account a WHERE a.name = :name")
    Optional<Account> lockByName(@Param("name") String name);

    /** All who administer, held against other changes until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT a FROM Account a WHERE a.role = ADMIN ORDER BY a.id")
    List<Account> lockAdministrators();

    boolean existsByRole(Role role);

    /** Waits until no other node is looking for the first administrator; holds until the transaction ends. */
    @Query(
            value = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('first administrator', 0))",
            nativeQuery = true)
    int awaitTurn();

    /** Puts a better hash of the same password in the place of one that nobody has changed meanwhile. */
    @Modifying
    @Transactional
    @Query("UPDATE Account SET passwordHash = :better WHERE id = :id AND passwordHash = :hash")
    void rehash(@Param("id") UUID id, @Param("hash") String hash, @Param("better") String better);
}
