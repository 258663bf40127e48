package org.diptych.service.account;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The person behind a request.
 *
 * @param id account
 * @param name what they sign in with
 * @param displayName what leads see
 * @param role role across the installation
 * @param mustChoosePassword whether somebody else knows their password: until they have chosen an own one, nothing else
 *     is theirs to do
 */
public record SignedIn(UUID id, String name, String displayName, Role role, boolean mustChoosePassword)
        implements UserDetails {
    /** Somebody whose password is their own. */
    public SignedIn(UUID id, String name, String displayName, Role role) {
        this(id, name, displayName, role, false);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return mustChoosePassword ? List.of() : List.of(new SimpleGrantedAuthority("ROLE_" + role));
    }

    /** Always empty: the hash never leaves the sign-in check. */
    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public String getUsername() {
        return name;
    }
}
