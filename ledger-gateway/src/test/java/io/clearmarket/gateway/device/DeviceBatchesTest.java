package io.clearmarket.gateway.device;

import static io.clearmarket.gateway.device.DeviceLedger.NOW;
import static io.clearmarket.gateway.device.DeviceLedger.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Calibration;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceBatchesTest {
    private final DeviceLedger ledger = new DeviceLedger();
    private final DeviceBatches batches = ledger.batches();
    private final Anchors anchors = ledger.anchors();

    @Test
    void batches_of_registered_devices_are_taken_whichever_kind_of_key_signed_them() {
        for (SampleDevice device :
                List.of(ledger.registered(SampleDevice.ed25519()), ledger.registered(SampleDevice.p256()))) {
            assertThat(taken(device.batch(0, at(0), 60))).isEqualTo(Verdict.ACCEPTED);
            assertThat(taken(device.batch(7, at(60), 60))).isEqualTo(Verdict.ACCEPTED);
        }
        assertThat(ledger.counted(Verdict.ACCEPTED)).isEqualTo(4);
        assertThat(ledger.readings()).isEqualTo(240);
    }

    @Test
    void what_another_key_signed_or_somebody_changed_is_forged() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        SampleDevice other = SampleDevice.ed25519();
        assertThat(taken(device.batch(0, at(0), 2, other.signer()))).isEqualTo(Verdict.FORGED);
        String sound = device.batch(0, at(0), 2);
        String[] parts = device.batch(1, at(0), 2).split("\\.", -1);
        String swapped =
                sound.substring(0, sound.indexOf('.')) + "." + parts[1] + sound.substring(sound.lastIndexOf('.'));
        assertThat(taken(swapped)).isEqualTo(Verdict.FORGED);
        SampleDevice unsigned = new SampleDevice(device.key(), message -> new byte[64]);
        assertThat(taken(unsigned.batch(0, at(0), 2))).isEqualTo(Verdict.FORGED);
        assertThat(taken(sound)).isEqualTo(Verdict.ACCEPTED);
        assertThat(ledger.counted(Verdict.FORGED)).isEqualTo(3);
    }

    @Test
    void a_batch_counts_once_and_in_its_order() {
        SampleDevice device = ledger.registered(SampleDevice.p256());
        String first = device.batch(5, at(0), 60);
        assertThat(taken(first)).isEqualTo(Verdict.ACCEPTED);
        assertThat(taken(first)).isEqualTo(Verdict.REPLAYED);
        assertThat(taken(device.batch(5, at(60), 60))).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(taken(device.batch(4, at(60), 60))).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(taken(device.batch(6, at(30), 60))).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(taken(device.batch(6, at(60), 60))).isEqualTo(Verdict.ACCEPTED);
        assertThat(ledger.counted(Verdict.OUT_OF_ORDER)).isEqualTo(3);
    }

    @Test
    void batches_that_come_together_are_judged_each_by_itself_and_answered_in_their_order() {
        SampleDevice one = ledger.registered(SampleDevice.ed25519());
        SampleDevice other = ledger.registered(SampleDevice.p256());
        String repeated = other.batch(1, at(0), 1);
        assertThat(batches.take(List.of(
                        one.batch(1, at(0), 1),
                        repeated,
                        "no batch",
                        one.batch(2, at(1), 1),
                        repeated,
                        SampleDevice.p256().batch(1, at(0), 1),
                        one.batch(1, at(2), 1))))
                .containsExactly(
                        Verdict.ACCEPTED,
                        Verdict.ACCEPTED,
                        Verdict.MALFORMED,
                        Verdict.ACCEPTED,
                        Verdict.REPLAYED,
                        Verdict.UNKNOWN_DEVICE,
                        Verdict.OUT_OF_ORDER);
    }

    @Test
    void a_batch_is_kept_as_calibrated_only_if_all_of_it_was_measured_while_the_device_was() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        ledger.written(device, new Calibration(Digest.ZERO, at(60), at(120)), null);
        assertThat(calibrated(device.batch(1, at(0), 61))).isFalse();
        assertThat(calibrated(device.batch(2, at(60), 60))).isTrue();
        assertThat(calibrated(device.batch(3, at(119), 2))).isFalse();
    }

    @Test
    void the_header_cannot_choose_another_algorithm_or_demand_what_is_not_understood() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        String kid = device.key().id().hex();
        assertThat(taken(device.batch(Map.of("alg", "ES256", "kid", kid), 1, at(0), 1)))
                .isEqualTo(Verdict.FORGED);
        assertThat(taken(device.batch(Map.of("alg", "none", "kid", kid), 1, at(0), 1)))
                .isEqualTo(Verdict.MALFORMED);
        assertThat(taken(device.batch(
                        Map.of("alg", "EdDSA", "kid", kid, "crit", List.of("exp"), "exp", 1), 1, at(0), 1)))
                .isEqualTo(Verdict.MALFORMED);
        assertThat(taken(device.batch(Map.of("alg", "EdDSA", "kid", kid), 1, at(0), 1)))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void a_flattened_signature_is_the_same_batch_as_the_compact_one() {
        SampleDevice device = ledger.registered(SampleDevice.p256());
        String compact = device.batch(1, at(0), 2);
        assertThat(taken(flattened(compact, ", \"note\": \"means nothing\""))).isEqualTo(Verdict.ACCEPTED);
        assertThat(taken(compact)).isEqualTo(Verdict.REPLAYED);
        String next = device.batch(2, at(2), 2);
        assertThat(taken(next)).isEqualTo(Verdict.ACCEPTED);
        assertThat(taken(flattened(next, ""))).isEqualTo(Verdict.REPLAYED);
        anchors.gather();
        assertThat(anchors.proof(Digest.sha256(compact.getBytes(StandardCharsets.UTF_8)))
                        .orElseThrow()
                        .batch())
                .isEqualTo(compact);
    }

    @Test
    void a_flattened_signature_says_nothing_that_is_not_signed() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        String compact = device.batch(1, at(0), 2);
        for (String bad : List.of(
                flattened(compact, ", \"header\": {\"kid\": \"" + device.key().id() + "\"}"),
                flattened(compact, ", \"signatures\": []"),
                flattened(compact, "").replace("\"protected\"", "\"header\""),
                flattened(compact, "").replace("\"payload\": \"", "\"payload\": \"."),
                flattened(compact, "").replace("}", ""),
                "{".repeat(SignedBatch.LONGEST))) {
            assertThat(taken(bad)).as(bad).isEqualTo(Verdict.MALFORMED);
        }
        String other = device.batch(2, at(2), 2);
        String swapped = flattened(compact, "").replace(compact.split("\\.", -1)[1], other.split("\\.", -1)[1]);
        assertThat(taken(swapped)).isEqualTo(Verdict.FORGED);
        assertThat(taken(flattened(compact, ""))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void unknown_and_revoked_devices_are_refused() {
        SampleDevice device = SampleDevice.ed25519();
        assertThat(taken(device.batch(0, at(0), 1))).isEqualTo(Verdict.UNKNOWN_DEVICE);
        ledger.written(device, null, null);
        assertThat(taken(device.batch(0, at(0), 1))).isEqualTo(Verdict.ACCEPTED);
        ledger.written(device, null, NOW);
        assertThat(taken(device.batch(1, at(1), 1))).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void what_is_no_batch_is_malformed() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        for (String bad : List.of(
                "",
                "a.b",
                "a.b.c",
                "!.!.!",
                device.batch(0, at(0), 0),
                device.batch(0, at(86_400), 1),
                device.batch(0, Instant.EPOCH, 1))) {
            assertThat(taken(bad)).as(bad).isEqualTo(Verdict.MALFORMED);
        }
    }

    @Test
    void every_batch_leads_to_the_root_that_it_was_put_under() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            taken.add(device.batch(i, at(i * 60), 60));
            batches.take(List.of(taken.getLast()));
        }
        assertThat(anchors.pending()).isEmpty();
        assertThat(anchors.gather()).isTrue();
        assertThat(anchors.gather()).isFalse();
        Anchors.Pending pending = anchors.pending().orElseThrow();
        assertThat(pending.command().batches()).isEqualTo(7);
        assertThat(pending.command().readings()).isEqualTo(420);
        Hash root = Hash.of(HexFormat.of().parseHex(pending.command().root().hex()));
        for (String batch : taken) {
            byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);
            Anchors.Proof proof = anchors.proof(Digest.sha256(bytes)).orElseThrow();
            List<Hash> path = proof.path().stream().map(Hash::fromBase64).toList();
            assertThat(Merkle.isIncluded(proof.index(), 7, Merkle.leaf(bytes), root, path))
                    .isTrue();
            assertThat(proof.recorded()).isFalse();
        }
        anchors.recorded(pending.anchor());
        assertThat(anchors.pending()).isEmpty();
    }

    /** RFC 7515, section 7.2.2. */
    private static String flattened(String compact, String more) {
        String[] parts = compact.split("\\.", -1);
        return "{\"payload\": \"%s\", \"protected\": \"%s\", \"signature\": \"%s\"%s}"
                .formatted(parts[1], parts[0], parts[2], more);
    }

    private boolean calibrated(String batch) {
        assertThat(taken(batch)).isEqualTo(Verdict.ACCEPTED);
        anchors.gather();
        return anchors.proof(Digest.sha256(batch.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow()
                .calibrated();
    }

    private Verdict taken(String batch) {
        return batches.take(List.of(batch)).getFirst();
    }
}
