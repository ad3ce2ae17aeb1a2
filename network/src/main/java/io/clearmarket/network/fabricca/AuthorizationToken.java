package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.Base64;

/**
 * The {@code Authorization} header by which an enrolled member signs a request to Fabric CA: {@code cert.signature}, both
 * in base64, with the signature over {@code method.uri.body.cert}, where all but the method are in base64.
 */
public final class AuthorizationToken {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private AuthorizationToken() {}

    /**
     * The header's value.
     *
     * @param method such as {@code POST}
     * @param uri path and query as sent, such as {@code /api/v1/register}
     * @param body exactly the bytes that are sent; empty for none
     */
    public static String of(SigningIdentity signer, String method, String uri, byte[] body) {
        String certificate = BASE64.encodeToString(signer.certificatePem().getBytes(UTF_8));
        byte[] signature =
                signer.sign(signedText(certificate, method, uri, body).getBytes(UTF_8));
        return certificate + "." + BASE64.encodeToString(signature);
    }

    /** What the signature is over. */
    static String signedText(String certificateBase64, String method, String uri, byte[] body) {
        return method + "." + BASE64.encodeToString(uri.getBytes(UTF_8)) + "." + BASE64.encodeToString(body) + "."
                + certificateBase64;
    }
}
