package io.clearmarket.gateway.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a provider's claims say what a caller is. A name is a claim's own, or leads into objects by dots: {@code realm_access.roles}.
 *
 * @param roles text or list; names that are no role of the market count for nothing
 * @param party the party id
 * @param managed name of the managed identity that acts for the caller
 * @param team text or list of {@link TeamRole}s; absent for an owner
 * @param scope text parted by spaces, or list; absent, or none of {@link Scope}: all of the roles'
 */
@ConfigurationProperties("clearmarket.claims")
public record ClaimNames(
        @DefaultValue("roles") String roles,
        @DefaultValue("party") String party,
        @DefaultValue("managed") String managed,
        @DefaultValue("team") String team,
        @DefaultValue("scope") String scope) {
    /** Those of development tokens. */
    public static final ClaimNames OURS = new ClaimNames("roles", "party", "managed", "team", "scope");

    /** What the claims hold under a name; null if nothing. */
    static @Nullable Object value(Map<String, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? value(texts(inner), name.substring(dot + 1))
                : null;
    }

    @SuppressWarnings("unchecked") // members of a JSON object have names
    private static Map<String, ?> texts(Map<?, ?> object) {
        return (Map<String, ?>) object;
    }
}
