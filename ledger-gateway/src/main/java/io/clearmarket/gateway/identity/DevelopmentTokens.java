package io.clearmarket.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.p256.NativeCrypto;
import io.clearmarket.wallet.p256.P256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/**
 * Bearer tokens for development, in place of an OpenID Connect provider: JWT (RFC 7519) signed with ES256 by a key in the
 * gateway's data folder. Whoever can read that folder can be anybody.
 */
public final class DevelopmentTokens {
    /** Issuer and audience of every token. */
    public static final String ISSUER = "clearmarket-development";

    private final PrivateKey key;
    private final ECPublicKey publicKey;

    private DevelopmentTokens(PrivateKey key, ECPublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Opens the key under a gateway's data folder, or makes one. */
    public static DevelopmentTokens open(Path dataDir) {
        Path keyFile = dataDir.resolve("tokens/token-key.pem");
        Path publicFile = dataDir.resolve("tokens/token-public.pem");
        if (!Files.exists(keyFile)) {
            KeyPair pair = P256.generate();
            PrivateFiles.write(publicFile, Pem.encode(pair.getPublic()));
            PrivateFiles.write(keyFile, Pem.encode(pair.getPrivate()));
        }
        PublicKey publicKey = Keys.p256(Pem.decode("PUBLIC KEY", PrivateFiles.readText(publicFile)));
        return new DevelopmentTokens(Pem.privateKey(PrivateFiles.readText(keyFile)), (ECPublicKey) publicKey);
    }

    /** The key that tokens are verified with. */
    public ECPublicKey publicKey() {
        return publicKey;
    }

    /** A token for a caller. */
    public String issue(Caller caller, Duration validity) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER)
                .subject(caller.subject())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(validity)))
                .claim(
                        ClaimNames.OURS.roles(),
                        caller.roles().stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList());
        if (caller.party() != null) {
            claims.claim(ClaimNames.OURS.party(), caller.party().value());
        }
        if (caller.managed() != null) {
            claims.claim(ClaimNames.OURS.managed(), caller.managed());
        }
        if (!caller.scopes().equals(Scope.of(caller.roles()))) {
            claims.claim(ClaimNames.OURS.scope(), String.join(" ", Scope.ids(caller.scopes())));
        }
        if (!caller.owns()) {
            claims.claim(
                    ClaimNames.OURS.team(),
                    caller.team().stream()
                            .map(role -> role.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList());
        }
        return signed(claims.build());
    }

    private String signed(JWTClaimsSet claims) {
        try {
            ECDSASigner signer = new ECDSASigner(key, Curve.P_256);
            signer.getJCAContext().setProvider(NativeCrypto.provider());
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a P-256 key that can't sign", impossible);
        }
    }
}
