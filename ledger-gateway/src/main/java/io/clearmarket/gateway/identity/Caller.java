package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Request;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as their token says.
 *
 * @param subject the token's subject
 * @param roles what they may be
 * @param party the party they are; absent for one who has none yet
 * @param managed the managed identity that acts for them; absent for those who sign for themselves
 * @param team what they are in their party's team
 * @param scopes what they are let in for
 */
public record Caller(
        String subject,
        Set<Role> roles,
        @Nullable PartyId party,
        @Nullable String managed,
        Set<TeamRole> team,
        Set<Scope> scopes) {
    public Caller {
        roles = Set.copyOf(roles);
        team = Set.copyOf(team);
        scopes = Set.copyOf(scopes);
    }

    /** With all that their roles have. */
    public Caller(
            String subject, Set<Role> roles, @Nullable PartyId party, @Nullable String managed, Set<TeamRole> team) {
        this(subject, roles, party, managed, team, Scope.of(roles));
    }

    /** A party that is one person, or the owner of one. */
    public Caller(String subject, Set<Role> roles, @Nullable PartyId party, @Nullable String managed) {
        this(subject, roles, party, managed, Set.of(TeamRole.OWNER));
    }

    /** The name under which what is theirs is kept: their party's, or their subject's where they have none yet. */
    public String account() {
        return party == null ? "subject:" + subject : account(party);
    }

    /** The name under which what is a party's is kept. */
    public static String account(PartyId party) {
        return "party:" + party.value();
    }

    /** True if they may do all that their party may. */
    public boolean owns() {
        return team.contains(TeamRole.OWNER);
    }

    /** True if they may have their party's managed key sign such a command. */
    public boolean may(Class<? extends Request> command) {
        return team.stream().anyMatch(role -> role.may(command));
    }

    /** True if they are let in for it. */
    public boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /** The same, let in for no more than these. */
    public Caller limitedTo(Set<Scope> limit) {
        return new Caller(
                subject,
                roles,
                party,
                managed,
                team,
                scopes.stream().filter(limit::contains).collect(Collectors.toUnmodifiableSet()));
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
