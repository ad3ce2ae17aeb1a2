package io.clearmarket.gateway.pages.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** What a browser takes along to the provider, and what is believed when it comes back. */
class PendingSignInsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T09:00:00Z"));
    private final PendingSignIns pending = new PendingSignIns(now::get);

    private final OAuth2AuthorizationRequest asked = OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri("https://login.example/authorize")
            .clientId("market-pages")
            .redirectUri("https://market.example/login/oauth2/code/provider")
            .scopes(Set.of("openid", "market"))
            .state("a state")
            .attributes(Map.of("registration_id", "provider", "nonce", "a nonce", "code_verifier", "a verifier"))
            .build();

    @Test
    void what_was_asked_comes_back_once_and_can_not_be_read_on_the_way() {
        Cookie cookie = saved(pending);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSecure()).isTrue();
        assertThat(cookie.getName()).startsWith("__Host-");
        assertThat(cookie.getValue()).doesNotContain("verifier");
        MockHttpServletResponse response = new MockHttpServletResponse();
        OAuth2AuthorizationRequest back =
                Objects.requireNonNull(pending.removeAuthorizationRequest(with(cookie), response));
        assertThat(back.getState()).isEqualTo("a state");
        assertThat(back.getScopes()).isEqualTo(asked.getScopes());
        assertThat(back.getRedirectUri()).isEqualTo(asked.getRedirectUri());
        assertThat(back.getAttributes()).isEqualTo(asked.getAttributes());
        assertThat(response.getCookies()).singleElement().returns(0, Cookie::getMaxAge);
    }

    @Test
    void another_processs_a_changed_or_an_old_one_counts_for_nothing() {
        Cookie cookie = saved(pending);
        assertThat(pending.loadAuthorizationRequest(with(saved(new PendingSignIns(now::get)))))
                .isNull();
        for (String value : new String[] {"", "%%%", "AAAA", changed(cookie.getValue())}) {
            assertThat(pending.loadAuthorizationRequest(with(new Cookie(cookie.getName(), value))))
                    .as(value)
                    .isNull();
        }
        assertThat(pending.loadAuthorizationRequest(with(cookie))).isNotNull();
        now.set(now.get().plus(Duration.ofMinutes(10)));
        assertThat(pending.loadAuthorizationRequest(with(cookie))).isNull();
        assertThat(pending.loadAuthorizationRequest(new MockHttpServletRequest()))
                .isNull();
    }

    private static String changed(String value) {
        char last = value.charAt(20);
        return value.substring(0, 20) + (last == 'A' ? 'B' : 'A') + value.substring(21);
    }

    private Cookie saved(PendingSignIns by) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        by.saveAuthorizationRequest(asked, with(), response);
        return response.getCookies()[0];
    }

    private static MockHttpServletRequest with(Cookie... cookies) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSecure(true);
        request.setCookies(cookies);
        return request;
    }
}
