package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.TokenCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Signing in to the pages with a development token, which the browser then keeps in a cookie that no script can read and
 * no other site can send. In production people sign in with the OpenID Connect provider instead.
 */
@Controller
@ConditionalOnProperty("clearmarket.development")
class LoginController {
    private final JwtDecoder tokens;

    LoginController(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @Nullable String token,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (token == null) {
            return "pages/login";
        }
        try {
            Jwt verified = tokens.decode(token.strip());
            Instant end = verified.getExpiresAt();
            Duration left = end == null ? Duration.ofHours(1) : Duration.between(Instant.now(), end);
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    TokenCookie.keep(request, verified.getTokenValue(), left, TokenCookie.From.OURSELVES));
            List<String> roles = verified.getClaimAsStringList("roles");
            boolean merchant = roles != null && roles.contains("merchant");
            return merchant ? "redirect:/merchant" : "redirect:/audit";
        } catch (JwtException e) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.token");
        }
    }

    @PostMapping("/logout")
    String logout(@Nullable Caller caller, HttpServletRequest request, HttpServletResponse response) {
        if (caller == null && TokenCookie.of(request).isPresent()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.form");
        }
        response.addHeader(HttpHeaders.SET_COOKIE, TokenCookie.forget(request));
        return "redirect:/login";
    }
}
