package io.clearmarket.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Where a browser sends what it carries. */
class TokenCookieTest {
    @Test
    void over_https_it_is_of_this_host_alone_and_never_sent_in_clear() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSecure(true);
        String cookie = TokenCookie.keep(request, "secret", Duration.ofHours(1), TokenCookie.From.LINKS);
        assertThat(cookie)
                .startsWith("__Host-clearmarket_token=secret; Path=/;")
                .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=3600")
                .doesNotContain("Domain");
        request.setCookies(new Cookie("clearmarket_token", "from plain HTTP"));
        assertThat(TokenCookie.of(request)).isEmpty();
        request.setCookies(new Cookie("__Host-clearmarket_token", "secret"));
        assertThat(TokenCookie.of(request)).contains("secret");
        assertThat(TokenCookie.forget(request))
                .startsWith("__Host-clearmarket_token=;")
                .contains("Max-Age=0");
    }

    @Test
    void on_a_developers_own_machine_it_needs_no_https() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        String cookie = TokenCookie.keep(request, "token", Duration.ofHours(1), TokenCookie.From.OURSELVES);
        assertThat(cookie)
                .startsWith("clearmarket_token=token; Path=/;")
                .contains("; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure");
    }
}
