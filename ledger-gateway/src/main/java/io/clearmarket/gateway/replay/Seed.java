package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/**
 * What one replay is made from: every key, salt and date follows from it, so that a replay that was cut off goes on as the
 * same one.
 *
 * @param secret 32 random bytes, hex
 * @param startedAt the moment that terms are dated from, whole seconds
 */
record Seed(String secret, Instant startedAt) {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256r1");

    /** The seed in the file, or a new one written there. */
    static Seed open(Path file) {
        if (Files.exists(file)) {
            return Json.MAPPER.readValue(PrivateFiles.read(file), Seed.class);
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Seed seed = new Seed(HexFormat.of().formatHex(random), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        PrivateFiles.write(file, Json.MAPPER.writeValueAsBytes(seed));
        return seed;
    }

    /** 32 bytes for a purpose. */
    byte[] bytes(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** A P-256 key pair for a purpose. */
    KeyPair p256(String purpose) {
        BigInteger scalar = new BigInteger(1, bytes("p256:" + purpose))
                .mod(P256.ORDER.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        ECNamedCurveParameterSpec spec =
                new ECNamedCurveParameterSpec("secp256r1", CURVE.getCurve(), CURVE.getG(), CURVE.getN());
        try {
            KeyFactory factory = KeyFactory.getInstance("EC", BOUNCY_CASTLE);
            return new KeyPair(
                    factory.generatePublic(
                            new ECPublicKeySpec(CURVE.getG().multiply(scalar).normalize(), spec)),
                    factory.generatePrivate(new ECPrivateKeySpec(scalar, spec)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Bouncy Castle has P-256", impossible);
        }
    }

    /** A signature that follows from key and message alone (RFC 6979): DER, low-S, ECDSA over SHA-256. */
    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256WITHECDDSA", BOUNCY_CASTLE);
            signature.initSign(key);
            signature.update(message);
            return P256.lowS(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Bouncy Castle has deterministic ECDSA", impossible);
        }
    }

    /** A secp256k1 key for a purpose. */
    Secp256k1Key secp256k1(String purpose) {
        return Secp256k1Key.fromPrivateKey(bytes("secp256k1:" + purpose));
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "Seed[startedAt=" + startedAt + "]";
    }
}
