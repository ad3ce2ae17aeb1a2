package io.clearmarket.gateway.settlement.attester;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP message signatures (RFC 9421) in one form: method, path and content digest (RFC 9530), by ECDSA on P-256, no older than a minute. A copy
 * sent again within that minute asks for what was signed already, and gets no more.
 */
public final class RequestSignature {
    /** The digest of the body. */
    public static final String DIGEST = "Content-Digest";

    /** What is signed, and when and by whom. */
    public static final String INPUT = "Signature-Input";

    /** The signature. */
    public static final String SIGNATURE = "Signature";

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Pattern PARAMETERS =
            Pattern.compile("sig=(\\(\"@method\" \"@path\" \"content-digest\"\\);created=([0-9]{1,12});"
                    + "keyid=\"([0-9a-f]{64})\";alg=\"ecdsa-p256-sha256\")");
    private static final Pattern BYTES = Pattern.compile("sig=:([A-Za-z0-9+/]{86}==):");

    private RequestSignature() {}

    /** The headers that a request carries. */
    public static Map<String, String> headers(
            SigningIdentity caller, String method, String path, byte[] body, Instant now) {
        String parameters = "(\"@method\" \"@path\" \"content-digest\");created=" + now.getEpochSecond() + ";keyid=\""
                + keyId(caller.certificate()) + "\";alg=\"ecdsa-p256-sha256\"";
        byte[] signature = P256.toP1363(caller.sign(base(method, path, digest(body), parameters)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(DIGEST, digest(body));
        headers.put(INPUT, "sig=" + parameters);
        headers.put(SIGNATURE, "sig=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return headers;
    }

    /**
     * What is wrong with a request; empty if one of the callers signed it just now.
     *
     * @param headers those three; an absent one is an empty text
     * @param callers who may ask
     */
    public static Optional<String> objection(
            List<X509Certificate> callers,
            String method,
            String path,
            byte[] body,
            Map<String, String> headers,
            Instant now) {
        Matcher parameters = PARAMETERS.matcher(headers.getOrDefault(INPUT, ""));
        Matcher bytes = BYTES.matcher(headers.getOrDefault(SIGNATURE, ""));
        if (!parameters.matches() || !bytes.matches()) {
            return Optional.of("it carries no signature of method, path and content-digest (RFC 9421)");
        }
        if (!digest(body).equals(headers.getOrDefault(DIGEST, ""))) {
            return Optional.of("its content is not what its digest says");
        }
        Instant created = Instant.ofEpochSecond(Long.parseLong(parameters.group(2)));
        if (Duration.between(created, now).abs().compareTo(FRESH) > 0) {
            return Optional.of("it was signed at " + created + ", and here it is " + now);
        }
        return callers.stream()
                .filter(caller -> keyId(caller).equals(parameters.group(3)))
                .findFirst()
                .map(caller -> isBy(
                                caller,
                                base(method, path, digest(body), parameters.group(1)),
                                Base64.getDecoder().decode(bytes.group(1)))
                        ? Optional.<String>empty()
                        : Optional.of("its signature is not its caller's"))
                .orElse(Optional.of("its caller is none that may ask"));
    }

    private static boolean isBy(X509Certificate caller, byte[] base, byte[] signature) {
        try {
            return P256.verify(caller.getPublicKey(), base, P256.fromP1363(signature));
        } catch (IllegalArgumentException outOfRange) {
            return false;
        }
    }

    /** RFC 9421, section 2.5. */
    private static byte[] base(String method, String path, String digest, String parameters) {
        return ("\"@method\": " + method + "\n\"@path\": " + path + "\n\"content-digest\": " + digest
                        + "\n\"@signature-params\": " + parameters)
                .getBytes(UTF_8);
    }

    private static String digest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Digests.sha256(body)) + ":";
    }

    private static String keyId(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(Digests.sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", impossible);
        }
    }
}
