package org.diptych.service.account;

/**
 * An account just created, with the only copy of its password in clear.
 *
 * @param account who it is
 * @param password shown once, stored nowhere
 */
public record NewAccount(SignedIn account, String password) {}
