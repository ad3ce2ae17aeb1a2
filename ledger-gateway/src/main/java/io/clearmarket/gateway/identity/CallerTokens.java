package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Reads a caller from a verified token. */
public final class CallerTokens implements Converter<Jwt, AbstractAuthenticationToken> {
    /** Claim: a list of roles, in lower case. */
    public static final String ROLES = "roles";

    /** Claim: the party id; absent for a caller who has none. */
    public static final String PARTY = "party";

    /** Claim: the name of the managed identity that acts for the caller; absent for those who sign for themselves. */
    public static final String MANAGED = "managed";

    /** Claim: what the caller is in the party's team, any of {@link TeamRole}; absent for its owner. */
    public static final String TEAM = "team";

    /**
     * Claim (RFC 9068 section 2.2.3): names parted by spaces, or a list. Where some are {@link Scope}s of ours the caller has no others; where
     * none is, all that their roles have.
     */
    public static final String SCOPE = "scope";

    /** Authority of a member of a team who is not its owner. */
    public static final String MEMBER = "MEMBER";

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        try {
            String subject = token.getSubject();
            String party = token.getClaimAsString(PARTY);
            Caller caller = new Caller(
                    subject == null ? "" : subject,
                    roles(token.getClaimAsStringList(ROLES)),
                    party == null ? null : PartyId.parse(party),
                    token.getClaimAsString(MANAGED),
                    team(token.getClaimAsStringList(TEAM)));
            Set<Scope> scopes = scopes(token.getClaim(SCOPE));
            return authenticated(scopes.isEmpty() ? caller : caller.limitedTo(scopes));
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("the token's claims are not understood: " + e.getMessage(), e);
        }
    }

    /** A caller whose token or {@linkplain AccessKeys key} has been verified. */
    public static AbstractAuthenticationToken authenticated(Caller caller) {
        return new Authenticated(caller, caller.owns() ? List.of() : List.of(MEMBER));
    }

    private static Set<Scope> scopes(@Nullable Object claim) {
        Stream<String> names = switch (claim) {
            case String text -> Stream.of(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.of();
        };
        return names.map(Scope::named).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<TeamRole> team(@Nullable List<String> names) {
        if (names == null) {
            return Set.of(TeamRole.OWNER);
        }
        Set<TeamRole> team = EnumSet.noneOf(TeamRole.class);
        names.forEach(name -> team.add(TeamRole.valueOf(name.toUpperCase(Locale.ROOT))));
        return team;
    }

    private static Set<Role> roles(@Nullable List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (names != null) {
            names.forEach(name -> roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT))));
        }
        return roles;
    }

    /** A caller whose token has been verified; the {@link Caller} is its principal. */
    private static final class Authenticated extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1L;
        private final transient Caller caller;

        Authenticated(Caller caller, List<String> more) {
            super(Stream.concat(caller.roles().stream().map(role -> "ROLE_" + role.name()), more.stream())
                    .map(SimpleGrantedAuthority::new)
                    .toList());
            this.caller = caller;
            setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Caller getPrincipal() {
            return caller;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Authenticated that && caller.equals(that.caller);
        }

        @Override
        public int hashCode() {
            return caller.hashCode();
        }
    }
}
