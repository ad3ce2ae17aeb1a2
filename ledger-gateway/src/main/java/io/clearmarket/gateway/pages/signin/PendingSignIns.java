package io.clearmarket.gateway.pages.signin;

import io.clearmarket.wallet.json.Json;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * What a browser that is at the provider must bring back: state, nonce and PKCE's verifier, sealed (AES-256-GCM under a key of this process) in
 * a cookie of its own. Nothing is kept here, so nobody fills a memory by beginning to sign in; whoever is at the provider while the
 * gateway starts again begins anew.
 */
final class PendingSignIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int IV = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key = new SecretKeySpec(random(KEY), "AES");
    private final InstantSource clock;

    PendingSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What is sealed.
     *
     * @param until seconds since the epoch
     */
    private record Pending(
            String client,
            String authorizationUri,
            String clientId,
            String redirectUri,
            Set<String> scopes,
            String state,
            String nonce,
            String verifier,
            long until) {}

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, "", Duration.ZERO));
            return;
        }
        Pending pending = new Pending(
                attribute(asked, OAuth2ParameterNames.REGISTRATION_ID),
                asked.getAuthorizationUri(),
                asked.getClientId(),
                String.valueOf(asked.getRedirectUri()),
                asked.getScopes(),
                String.valueOf(asked.getState()),
                attribute(asked, OidcParameterNames.NONCE),
                attribute(asked, PkceParameterNames.CODE_VERIFIER),
                clock.instant().plus(VALIDITY).getEpochSecond());
        response.addHeader(
                HttpHeaders.SET_COOKIE, cookie(request, seal(Json.MAPPER.writeValueAsBytes(pending)), VALIDITY));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, name(request));
        byte[] opened = cookie == null ? null : open(cookie.getValue());
        if (opened == null) {
            return null;
        }
        Pending pending = Json.MAPPER.readValue(opened, Pending.class);
        if (clock.instant().getEpochSecond() >= pending.until()) {
            return null;
        }
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(pending.authorizationUri())
                .clientId(pending.clientId())
                .redirectUri(pending.redirectUri())
                .scopes(pending.scopes())
                .state(pending.state())
                .attributes(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, pending.client(),
                        OidcParameterNames.NONCE, pending.nonce(),
                        PkceParameterNames.CODE_VERIFIER, pending.verifier()))
                .build();
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
        saveAuthorizationRequest(null, request, response);
        return asked;
    }

    private static String attribute(OAuth2AuthorizationRequest asked, String name) {
        if (asked.getAttribute(name) instanceof String value) {
            return value;
        }
        throw new IllegalStateException("asked without " + name);
    }

    private String seal(byte[] text) {
        byte[] iv = random(IV);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(text);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(IV + sealed.length)
                            .put(iv)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + CIPHER, impossible);
        }
    }

    /** Null for what this process has not sealed. */
    private byte @Nullable [] open(String sealed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
            if (bytes.remaining() <= IV) {
                return null;
            }
            byte[] iv = new byte[IV];
            byte[] rest = new byte[bytes.get(iv).remaining()];
            bytes.get(rest);
            return cipher(Cipher.DECRYPT_MODE, iv).doFinal(rest);
        } catch (IllegalArgumentException | GeneralSecurityException foreign) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String name(HttpServletRequest request) {
        return (request.isSecure() ? "__Host-" : "") + "clearmarket_sign_in";
    }

    /** Lax, since the browser comes back from another site. */
    private static String cookie(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from(name(request), value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .maxAge(age)
                .build()
                .toString();
    }
}
