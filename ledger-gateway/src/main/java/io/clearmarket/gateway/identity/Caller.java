package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as their token says.
 *
 * @param subject the token's subject
 * @param roles what they may be
 * @param party the party they are; absent for one who has none yet
 * @param managed the managed identity that acts for them; absent for those who sign for themselves
 */
public record Caller(
        String subject,
        Set<Role> roles,
        @Nullable PartyId party,
        @Nullable String managed) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** True if they have the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** True if they may see every party's business: auditors and operators. */
    public boolean seesAll() {
        return roles.stream().anyMatch(EnumSet.of(Role.AUDITOR, Role.OPERATOR)::contains);
    }
}
