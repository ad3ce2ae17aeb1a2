package io.clearmarket.gateway.up;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.DevelopmentTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A development bearer token for each ready identity; the first of a role is that role's, each operator has one by name. */
final class RoleTokens {
    private static final Duration VALIDITY = Duration.ofDays(30);

    private final Map<String, String> byName = new TreeMap<>();
    private final Map<String, String> published = new TreeMap<>();

    RoleTokens(Path gatewayData, DevelopmentIdentities people) {
        DevelopmentTokens tokens = DevelopmentTokens.open(gatewayData);
        for (DevelopmentIdentities.Person person : people.all()) {
            String token = tokens.issue(
                    new Caller(
                            person.name(),
                            Set.of(person.role()),
                            person.identity().partyId(),
                            person.name()),
                    VALIDITY);
            byName.put(person.name(), token);
            published.putIfAbsent(person.role().name().toLowerCase(Locale.ROOT), token);
            if (person.name().startsWith("operator")) {
                published.put(person.name(), token);
            }
        }
    }

    String of(String name) {
        String token = byName.get(name);
        if (token == null) {
            throw new IllegalArgumentException("there is no development identity " + name);
        }
        return token;
    }

    /** What {@code up.json} tells: by role, and by name those of the organisations' operators. */
    Map<String, String> published() {
        return published;
    }
}
