package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Reads a caller from a verified token. */
public final class CallerTokens implements Converter<Jwt, AbstractAuthenticationToken> {
    /** Authority of a member of a team who is not its owner. */
    public static final String MEMBER = "MEMBER";

    private static final Map<String, Role> ROLES = Arrays.stream(Role.values())
            .collect(Collectors.toUnmodifiableMap(role -> role.name().toLowerCase(Locale.ROOT), Function.identity()));

    private final ClaimNames names;
    /** As long as {@link RecentTokens} remembers the token. */
    private final Map<Jwt, Caller> recent = Collections.synchronizedMap(new WeakHashMap<>());

    CallerTokens(ClaimNames names) {
        this.names = names;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        try {
            return authenticated(recent.computeIfAbsent(token, verified -> caller(verified.getClaims())));
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("the token's claims are not understood: " + e.getMessage(), e);
        }
    }

    /**
     * Whom a provider's claims describe.
     *
     * @throws IllegalArgumentException for a party id or a team role that is none
     */
    public Caller caller(Map<String, Object> claims) {
        Object subject = claims.get(JwtClaimNames.SUB);
        Object party = ClaimNames.value(claims, names.party());
        Object managed = ClaimNames.value(claims, names.managed());
        Caller caller = new Caller(
                subject == null ? "" : subject.toString(),
                roles(claims),
                party == null ? null : PartyId.parse(party.toString()),
                managed == null ? null : managed.toString(),
                team(claims));
        Set<Scope> scopes = scopes(claims);
        return scopes.isEmpty() ? caller : caller.limitedTo(scopes);
    }

    /** A caller whose token or {@linkplain AccessKeys key} has been verified. */
    public static AbstractAuthenticationToken authenticated(Caller caller) {
        return new Authenticated(caller, caller.owns() ? List.of() : List.of(MEMBER));
    }

    /** Those of a provider's roles that are the market's; it has others for other applications. */
    private Set<Role> roles(Map<String, Object> claims) {
        return texts(ClaimNames.value(claims, names.roles()))
                .map(name -> ROLES.get(name.toLowerCase(Locale.ROOT)))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<TeamRole> team(Map<String, Object> claims) {
        Object team = ClaimNames.value(claims, names.team());
        return team == null
                ? Set.of(TeamRole.OWNER)
                : texts(team)
                        .map(name -> TeamRole.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Scope> scopes(Map<String, Object> claims) {
        return texts(ClaimNames.value(claims, names.scope()))
                .map(Scope::named)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Stream.of(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.of();
        };
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
