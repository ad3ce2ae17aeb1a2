package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.CallerTokens;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitTest {
    private static final Caller ONE = caller("a");
    private static final Caller OTHER = caller("b");

    private long now;
    private final RateLimit limit =
            new RateLimit(new RateLimits(2, 5, 1, 3), new ProblemWriter(Json.MAPPER), new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return now;
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            });

    @Test
    void a_caller_is_served_a_burst_and_then_so_many_in_a_second() throws Exception {
        assertThat(served(ONE, "10.0.0.1", 9)).isEqualTo(5);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(served(ONE, "10.0.0.1", 9)).isEqualTo(2);
        now += Duration.ofHours(1).toNanos();
        assertThat(served(ONE, "10.0.0.1", 9)).isEqualTo(5);
    }

    @Test
    void who_is_refused_holds_up_nobody_else_and_is_the_same_from_every_address() throws Exception {
        assertThat(served(ONE, "10.0.0.1", 6)).isEqualTo(5);
        assertThat(served(ONE, "10.0.0.2", 1)).isZero();
        assertThat(served(OTHER, "10.0.0.1", 6)).isEqualTo(5);
        assertThat(served(null, "10.0.0.1", 6)).isEqualTo(3);
        assertThat(served(null, "10.0.0.2", 6)).isEqualTo(3);
    }

    @Test
    void a_refusal_says_when_to_come_back() throws Exception {
        served(null, "10.0.0.1", 3);
        MockHttpServletResponse refused = ask(null, "10.0.0.1");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentAsString()).contains("TOO_MANY_REQUESTS");
    }

    private int served(@Nullable Caller caller, String address, int times) throws Exception {
        int served = 0;
        for (int i = 0; i < times; i++) {
            served += ask(caller, address).getStatus() == 200 ? 1 : 0;
        }
        return served;
    }

    private MockHttpServletResponse ask(@Nullable Caller caller, String address) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/orders");
        request.setRemoteAddr(address);
        if (caller != null) {
            request.setUserPrincipal(CallerTokens.authenticated(caller));
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        limit.doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static Caller caller(String digit) {
        return new Caller(digit, Set.of(Role.MERCHANT), new PartyId(digit.repeat(64)), null);
    }
}
