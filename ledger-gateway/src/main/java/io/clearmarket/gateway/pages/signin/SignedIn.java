package io.clearmarket.gateway.pages.signin;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.CallerTokens;
import io.clearmarket.gateway.identity.TokenCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Makes a session of this gateway's own of what the provider said about a person: a secret in the browser's cookie, its hash in the database. */
@Component
@ConditionalOnProperty("clearmarket.sign-in.client-id")
class SignedIn implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SignedIn.class);

    private final CallerTokens tokens;
    private final AccessKeys keys;
    private final Duration validity;

    SignedIn(CallerTokens tokens, AccessKeys keys, SignInProperties properties) {
        this.tokens = tokens;
        this.keys = keys;
        this.validity = properties.session();
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        if (!(authentication.getPrincipal() instanceof OidcUser person)) {
            throw new IllegalStateException("asked for an ID token, got none");
        }
        Caller caller;
        try {
            caller = tokens.caller(person.getClaims());
        } catch (IllegalArgumentException e) {
            LOG.warn("{} can't sign in, the claims are not understood: {}", person.getSubject(), e.getMessage());
            response.sendRedirect(SignInController.FAILED);
            return;
        }
        // whoever was signed in with this browser before is no longer
        TokenCookie.of(request).ifPresent(keys::endSession);
        String session = keys.signIn(caller, validity, person.getClaimAsString("sid"));
        response.addHeader(
                HttpHeaders.SET_COOKIE, TokenCookie.keep(request, session, validity, TokenCookie.From.LINKS));
        LOG.info("signed in: {} as {}", caller.subject(), caller.account());
        response.sendRedirect(landing(caller));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String error = failure instanceof OAuth2AuthenticationException wrong
                ? wrong.getError().getErrorCode()
                : failure.getClass().getSimpleName();
        LOG.warn("a sign-in failed: {}: {}", error, failure.getMessage());
        response.sendRedirect(SignInController.FAILED);
    }

    private static String landing(Caller caller) {
        if (caller.is(Role.MERCHANT) && caller.party() != null) {
            return "/merchant";
        }
        return caller.seesAll() ? "/audit" : SignInController.WHO;
    }
}
