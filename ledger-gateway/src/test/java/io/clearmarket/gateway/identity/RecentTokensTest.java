package io.clearmarket.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RecentTokensTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private int verifications;
    private final RecentTokens tokens = new RecentTokens(this::verified, () -> now);

    @Test
    void a_token_is_verified_once_a_minute_and_another_token_for_itself() {
        assertThat(tokens.decode("1000")).isSameAs(tokens.decode("1000"));
        assertThat(verifications).isEqualTo(1);
        tokens.decode("2000");
        assertThat(verifications).isEqualTo(2);
        now = START.plusSeconds(60);
        tokens.decode("1000");
        assertThat(verifications).isEqualTo(3);
    }

    @Test
    void an_expired_token_is_no_longer_taken() {
        tokens.decode("10");
        now = START.plusSeconds(9);
        tokens.decode("10");
        assertThat(verifications).isEqualTo(1);
        now = START.plusSeconds(10);
        assertThatThrownBy(() -> tokens.decode("10")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void a_refused_token_is_refused_again() {
        now = START.plusSeconds(20);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("10")).isInstanceOf(BadJwtException.class);
        }
    }

    /** A token is the number of seconds after the start at which it expires. */
    private Jwt verified(String token) {
        verifications++;
        Instant expiry = START.plusSeconds(Long.parseLong(token));
        if (!now.isBefore(expiry)) {
            throw new BadJwtException("expired");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .expiresAt(expiry)
                .build();
    }
}
