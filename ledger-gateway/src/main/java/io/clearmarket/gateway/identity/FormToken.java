package io.clearmarket.gateway.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a page's form carries so that no other site can send it: a nonce and HMAC-SHA256 of it under the bearer token that the browser
 * keeps. It fits no other session, tells nothing of the bearer token, differs on every page (so that compression leaks none of it), and
 * needs no memory of the gateway's.
 */
public final class FormToken {
    /** The form's field. */
    public static final String FIELD = "formToken";

    private static final int NONCE = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private FormToken() {}

    /** A new one for the session of this bearer token. */
    public static String of(String bearer) {
        byte[] random = new byte[NONCE / 2];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        return nonce + mac(bearer, nonce);
    }

    /** True if it was made for the session of this bearer token. */
    public static boolean fits(String bearer, @Nullable String given) {
        if (given == null || given.length() <= NONCE) {
            return false;
        }
        String nonce = given.substring(0, NONCE);
        return MessageDigest.isEqual((nonce + mac(bearer, nonce)).getBytes(US_ASCII), given.getBytes(UTF_8));
    }

    private static String mac(String bearer, String nonce) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bearer.getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(("clearmarket form " + nonce).getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
