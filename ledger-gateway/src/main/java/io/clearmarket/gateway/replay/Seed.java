package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.NativeCrypto;
import io.clearmarket.wallet.p256.P256;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * What one replay is made from: every key, salt and date follows from it, so that a replay that was cut off goes on as the
 * same one.
 *
 * @param secret 32 random bytes, hex
 * @param startedAt the moment that terms are dated from, whole seconds
 */
record Seed(String secret, Instant startedAt) {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final int WORD = 32;

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

    /** A P-256 key pair for a purpose, in the form that the native provider signs with at once. */
    KeyPair p256(String purpose) {
        BigInteger scalar = new BigInteger(1, bytes("p256:" + purpose))
                .mod(P256.ORDER.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        ECPoint point =
                new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec spec = curve.getParameterSpec(ECParameterSpec.class);
            KeyFactory factory = KeyFactory.getInstance("EC", NativeCrypto.provider());
            return new KeyPair(
                    factory.generatePublic(new ECPublicKeySpec(
                            new java.security.spec.ECPoint(
                                    point.getAffineXCoord().toBigInteger(),
                                    point.getAffineYCoord().toBigInteger()),
                            spec)),
                    factory.generatePrivate(new ECPrivateKeySpec(scalar, spec)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }

    /** A signature that follows from key and message alone (RFC 6979): DER, low-S, ECDSA over SHA-256. */
    static byte[] sign(PrivateKey key, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(((ECPrivateKey) key).getS(), DOMAIN));
        BigInteger[] rs = signer.generateSignature(Digests.sha256(message));
        byte[] joined = new byte[2 * WORD];
        BigIntegers.asUnsignedByteArray(rs[0], joined, 0, WORD);
        BigIntegers.asUnsignedByteArray(rs[1], joined, WORD, WORD);
        return P256.fromP1363(joined);
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
