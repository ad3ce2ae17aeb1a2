package io.clearmarket.gateway.device;

import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Calibration;
import io.clearmarket.chaincode.api.Records.Device;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in signed batches: each of a registered device that is not revoked, in their order, and once. Whoever brings a batch does not
 * matter, its signature does. Every verdict is counted in {@code clearmarket.device.batches}, the readings that were taken in
 * {@code clearmarket.device.readings}.
 */
public class DeviceBatches {
    /** A device's clock may be ahead by so much. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final BatchStore store;
    private final TransactionTemplate transaction;
    private final ReadModel ledger;
    private final MeterRegistry meters;
    private final InstantSource clock;

    DeviceBatches(
            BatchStore store,
            TransactionTemplate transaction,
            ReadModel ledger,
            MeterRegistry meters,
            InstantSource clock) {
        this.store = store;
        this.transaction = transaction;
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
    }

    /** A sound batch and its place among those that came with it. */
    private record Sound(int place, SignedBatch batch, boolean calibrated) {}

    /**
     * Judges batches, each by itself, and keeps those that are accepted, all together.
     *
     * @param batches JSON Web Signatures, compact or flattened, see {@link SignedBatch}
     * @return what became of each, in their order
     */
    public List<Verdict> take(List<String> batches) {
        Verdict[] verdicts = new Verdict[batches.size()];
        List<Sound> sound = new ArrayList<>();
        Map<Digest, Optional<Device>> devices = new HashMap<>();
        for (int i = 0; i < verdicts.length; i++) {
            Optional<SignedBatch> batch = SignedBatch.parse(batches.get(i));
            if (batch.isEmpty()) {
                verdicts[i] = Verdict.MALFORMED;
                continue;
            }
            Optional<Device> device = devices.computeIfAbsent(batch.get().device(), this::device);
            verdicts[i] = device.map(found -> judge(batch.get(), found)).orElse(Verdict.UNKNOWN_DEVICE);
            if (verdicts[i] == Verdict.ACCEPTED) {
                sound.add(new Sound(
                        i, batch.get(), isCalibrated(batch.get(), device.get().calibration())));
            }
        }
        keep(sound, verdicts);
        count(sound, verdicts);
        return Arrays.asList(verdicts);
    }

    /** In one transaction; by device, so that two of them never wait for each other. */
    private void keep(List<Sound> sound, Verdict[] verdicts) {
        sound.sort(Comparator.comparing((Sound one) -> one.batch().device().hex()));
        transaction.executeWithoutResult(status -> sound.forEach(
                one -> verdicts[one.place()] = store.keep(one.batch(), one.calibrated(), clock.instant())));
    }

    private void count(List<Sound> sound, Verdict[] verdicts) {
        for (Verdict verdict : verdicts) {
            meters.counter("clearmarket.device.batches", "verdict", verdict.name())
                    .increment();
        }
        long readings = sound.stream()
                .filter(one -> verdicts[one.place()] == Verdict.ACCEPTED)
                .mapToLong(one -> one.batch().readings())
                .sum();
        meters.counter("clearmarket.device.readings").increment((double) readings);
    }

    private Optional<Device> device(Digest id) {
        return ledger.record(RecordKind.DEVICE, Device.class, id.hex());
    }

    private Verdict judge(SignedBatch batch, Device device) {
        if (!batch.isBy(new DeviceKey(device.publicKey()))) {
            return Verdict.FORGED;
        }
        if (device.revokedAt() != null) {
            return Verdict.REVOKED;
        }
        return batch.last().isAfter(clock.instant().plus(AHEAD)) ? Verdict.MALFORMED : Verdict.ACCEPTED;
    }

    private static boolean isCalibrated(SignedBatch batch, @Nullable Calibration calibration) {
        return calibration != null
                && !batch.first().isBefore(calibration.from())
                && batch.last().isBefore(calibration.until());
    }
}
