package io.clearmarket.gateway.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies a token once and takes the next calls' word for it for a minute, but never past its expiry: a caller makes many
 * calls with one token, and parsing and verifying it is a good part of a short call.
 */
final class RecentTokens implements JwtDecoder {
    private static final Duration TRUSTED = Duration.ofMinutes(1);
    private static final int REMEMBERED = 2_000;

    private final JwtDecoder decoder;
    private final InstantSource clock;
    private final Map<String, Verified> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Verified(Jwt token, Instant until) {}

    RecentTokens(JwtDecoder decoder, InstantSource clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        Instant now = clock.instant();
        @Nullable Verified known;
        synchronized (recent) {
            known = recent.get(token);
        }
        if (known != null && now.isBefore(known.until())) {
            return known.token();
        }
        Jwt verified = decoder.decode(token);
        Instant expiry = verified.getExpiresAt();
        Instant until = now.plus(TRUSTED);
        synchronized (recent) {
            recent.put(token, new Verified(verified, expiry != null && expiry.isBefore(until) ? expiry : until));
        }
        return verified;
    }
}
