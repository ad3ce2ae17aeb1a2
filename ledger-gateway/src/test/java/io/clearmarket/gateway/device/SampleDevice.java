package io.clearmarket.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A device that signs batches, or lets somebody else sign in its name. */
record SampleDevice(DeviceKey key, UnaryOperator<byte[]> signer) {
    static SampleDevice ed25519() {
        Ed25519Key key = Ed25519Key.generate();
        return new SampleDevice(
                new DeviceKey(Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo())), key::sign);
    }

    static SampleDevice p256() {
        KeyPair keys = P256.generate();
        String spki = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return new SampleDevice(new DeviceKey(spki), message -> sign(keys, message));
    }

    /** A batch of so many readings, a second apart. */
    String batch(long sequence, Instant first, int readings) {
        return batch(sequence, first, readings, signer);
    }

    /** Likewise, each reading so many degrees Celsius. */
    String batch(long sequence, Instant first, int readings, double celsius) {
        return batch(Map.of("alg", key.algorithm(), "kid", key.id().hex()), sequence, first, readings, celsius, signer);
    }

    /** Likewise, signed by somebody. */
    String batch(long sequence, Instant first, int readings, UnaryOperator<byte[]> by) {
        return batch(Map.of("alg", key.algorithm(), "kid", key.id().hex()), sequence, first, readings, by);
    }

    /** Likewise, with a header of one's own. */
    String batch(Map<String, ?> header, long sequence, Instant first, int readings) {
        return batch(header, sequence, first, readings, signer);
    }

    private static String batch(
            Map<String, ?> header, long sequence, Instant first, int readings, UnaryOperator<byte[]> by) {
        return batch(header, sequence, first, readings, 4.5, by);
    }

    private static String batch(
            Map<String, ?> header,
            long sequence,
            Instant first,
            int readings,
            double celsius,
            UnaryOperator<byte[]> by) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < readings; i++) {
            all.add(Map.of(
                    "time", first.plusSeconds(i).toString(), "type", "Temperature", "value", celsius, "unit", "CEL"));
        }
        String payload = Json.MAPPER.writeValueAsString(Map.of("sequence", sequence, "readings", all));
        String signed = encoded(Json.MAPPER.writeValueAsString(header).getBytes(UTF_8)) + "."
                + encoded(payload.getBytes(UTF_8));
        return signed + "." + encoded(by.apply(signed.getBytes(UTF_8)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sign(KeyPair keys, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
