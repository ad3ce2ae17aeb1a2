package io.clearmarket.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.sensor.Measured;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Many readings under one signature: a JSON Web Signature, compact or flattened JSON ({@link JwsForms}), whose protected header names {@code alg} (ES256 of RFC
 * 7518 or EdDSA of RFC 8037) and {@code kid}, the device, and whose payload is
 * {@code {"sequence":7,"readings":[{"time":"2026-11-26T12:00:00Z","type":"Temperature","value":4.5,"unit":"CEL"}, ...]}}.
 *
 * @param compact its text in the compact form, whichever it came in: one batch is one text
 * @param algorithm as its header names it
 * @param sequence grows with every batch of the device
 * @param readings how many
 * @param first the first reading's time
 * @param last the last one's; times never go back
 */
record SignedBatch(
        String compact, Digest device, String algorithm, long sequence, int readings, Instant first, Instant last) {
    /** The most characters of a batch. */
    static final int LONGEST = 256 * 1024;

    private static final int MOST_READINGS = 1_000;
    /** No reading is older: the ledger takes no instant from before (2000-01-01). */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** Nothing but base64url without padding; both algorithms' signatures have 64 bytes. */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{85}[AQgw]");

    /** Reads a batch, without looking at its signature; empty if it is none. */
    static Optional<SignedBatch> parse(String text) {
        String compact = JwsForms.compact(text);
        if (compact.length() > LONGEST || !COMPACT.matcher(compact).matches()) {
            return Optional.empty();
        }
        try {
            JWSObject signed = JWSObject.parse(compact);
            JWSHeader header = signed.getHeader();
            JsonNode payload = Json.MAPPER.readTree(signed.getPayload().toBytes());
            JsonNode sequence = payload.path("sequence");
            List<Instant> times = times(payload.path("readings"));
            boolean early = !times.isEmpty() && times.getFirst().isBefore(EARLIEST);
            boolean extended = header.getCriticalParams() != null || !header.isBase64URLEncodePayload();
            boolean numbered = sequence.isIntegralNumber() && sequence.canConvertToLong();
            if (times.isEmpty() || early || extended || !numbered) {
                return Optional.empty();
            }
            return Optional.of(new SignedBatch(
                    compact,
                    new Digest(String.valueOf(header.getKeyID())),
                    header.getAlgorithm().getName(),
                    sequence.longValue(),
                    times.size(),
                    times.getFirst(),
                    times.getLast()));
        } catch (ParseException | JacksonException | IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** What a batch says; empty if it is none. */
    static Optional<Measured> measured(String compact) {
        return parse(compact).map(batch -> {
            String payload = compact.split("\\.", 3)[1];
            List<Measured.Reading> readings = new ArrayList<>();
            for (JsonNode reading :
                    Json.MAPPER.readTree(Base64.getUrlDecoder().decode(payload)).path("readings")) {
                readings.add(new Measured.Reading(
                        Instant.parse(reading.path("time").asString()),
                        reading.path("type").asString(),
                        reading.path("value").decimalValue(),
                        reading.path("unit").asString()));
            }
            return new Measured(batch.device(), batch.hash(), readings);
        });
    }

    /** True if the device's key signed it, by that key's own algorithm: a header can't choose another. */
    boolean isBy(DeviceKey key) {
        int end = compact.lastIndexOf('.');
        return key.algorithm().equals(algorithm)
                && key.id().equals(device)
                && key.hasSigned(
                        compact.substring(0, end).getBytes(UTF_8),
                        Base64.getUrlDecoder().decode(compact.substring(end + 1)));
    }

    /** SHA-256 of its text. */
    Digest hash() {
        return Digest.sha256(compact.getBytes(UTF_8));
    }

    /** The leaf of the tree that it comes into (RFC 6962, section 2.1). */
    Hash leaf() {
        return Merkle.leaf(compact.getBytes(UTF_8));
    }

    /** The readings' times; none at all if there are too many, or one is no reading, or they go back. */
    private static List<Instant> times(JsonNode readings) {
        List<Instant> times = new ArrayList<>();
        for (JsonNode reading : readings) {
            Instant time = Instant.parse(reading.path("time").asString(""));
            boolean whole = reading.path("type").isString()
                    && reading.path("value").isNumber()
                    && reading.path("unit").isString();
            if (!whole || times.size() == MOST_READINGS || (!times.isEmpty() && time.isBefore(times.getLast()))) {
                return List.of();
            }
            times.add(time);
        }
        return times;
    }
}
