package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A device of the bench, with an Ed25519 key: a thermometer that measures once a second. */
final class BenchDevice {
    private final Ed25519Key key = Ed25519Key.generate();
    private final DeviceKey publicKey = new DeviceKey(base64(key.subjectPublicKeyInfo()));

    DeviceKey publicKey() {
        return publicKey;
    }

    /** Its word that it belongs to a party, in base64. */
    String binding(String ledger, PartyId owner) {
        return base64(key.sign(DeviceKey.binding(ledger, publicKey.id(), owner)));
    }

    /** A batch of so many readings, a second apart, as a compact JSON Web Signature. */
    String batch(long sequence, Instant first, int readings) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < readings; i++) {
            all.add(Map.of(
                    "time",
                    first.plusSeconds(i).toString(),
                    "type",
                    "Temperature",
                    "value",
                    (40 + i % 10) / 10.0,
                    "unit",
                    "CEL"));
        }
        Map<String, String> header =
                Map.of("alg", publicKey.algorithm(), "kid", publicKey.id().hex());
        String signed = encoded(Json.MAPPER.writeValueAsBytes(header)) + "."
                + encoded(Json.MAPPER.writeValueAsBytes(Map.of("sequence", sequence, "readings", all)));
        return signed + "." + encoded(key.sign(signed.getBytes(UTF_8)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
