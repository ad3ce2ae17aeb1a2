package io.clearmarket.gateway.device;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Calibration;
import io.clearmarket.chaincode.api.Records.Device;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Devices as a ledger's blocks tell of them, and what takes in their batches, on a database of its own. */
final class DeviceLedger {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final LedgerFixture ledger = new LedgerFixture();
    private final ReadModelFixture readModel = new ReadModelFixture(database);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeviceBatches batches = new DeviceBatches(
            new BatchStore(database.client()), database.transaction(), readModel.model(), meters, () -> NOW);
    private final Anchors anchors = new Anchors(database.client(), database.transaction());

    DeviceBatches batches() {
        return batches;
    }

    Anchors anchors() {
        return anchors;
    }

    /** Seconds after an hour before {@link #NOW}. */
    static Instant at(int seconds) {
        return NOW.minusSeconds(3_600).plusSeconds(seconds);
    }

    SampleDevice registered(SampleDevice device) {
        written(device, null, null);
        return device;
    }

    void written(SampleDevice device, @Nullable Calibration calibration, @Nullable Instant revokedAt) {
        Device record = new Device(device.key().id(), MERCHANT, device.key().spki(), NOW, calibration, revokedAt);
        ledger.transaction(
                MERCHANT,
                LedgerFixture.event("device.registered", "registerDevice", MERCHANT),
                LedgerFixture.write(RecordKind.DEVICE, record, record.id().hex()));
        readModel.apply(ledger.seal());
    }

    double counted(Verdict verdict) {
        return meters.counter("clearmarket.device.batches", "verdict", verdict.name())
                .count();
    }

    double readings() {
        return meters.counter("clearmarket.device.readings").count();
    }
}
