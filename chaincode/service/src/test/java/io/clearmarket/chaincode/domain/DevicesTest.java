package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Device;
import io.clearmarket.chaincode.api.Records.Readings;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final Bazaar bazaar = Bazaar.opened();

    @Test
    void a_device_of_either_kind_of_key_is_registered_by_its_owner_with_its_own_signature() {
        for (SampleDevice sample : List.of(SampleDevice.p256(), SampleDevice.ed25519())) {
            bazaar.does(sample.registration(bazaar, MERCHANT), MERCHANT);
            Device device = device(sample);
            assertThat(device.owner()).isEqualTo(MERCHANT.id());
            assertThat(device.registeredAt()).isEqualTo(bazaar.now);
            assertThat(device.revokedAt()).isNull();
            bazaar.refuses(RefusalCode.DEVICE_EXISTS, sample.registration(bazaar, MERCHANT), MERCHANT);
        }
    }

    @Test
    void nobody_registers_a_device_that_has_not_said_that_it_is_theirs() {
        SampleDevice sample = SampleDevice.ed25519();
        bazaar.refuses(RefusalCode.BAD_DEVICE_SIGNATURE, sample.registration(bazaar, BUYER), MERCHANT);
        Command.RegisterDevice sound = sample.registration(bazaar, MERCHANT);
        bazaar.refuses(
                RefusalCode.BAD_DEVICE_SIGNATURE,
                new Command.RegisterDevice(bazaar.id(), sound.publicKey(), "!"),
                MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, new Command.RegisterDevice(bazaar.id(), "AAAA", ""), MERCHANT);
    }

    @Test
    void its_owner_has_it_calibrated_and_revokes_it_for_ever() {
        SampleDevice sample = SampleDevice.p256();
        bazaar.does(sample.registration(bazaar, MERCHANT), MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_PARTY, calibration(sample, 1), BUYER);
        bazaar.refuses(RefusalCode.INVALID_VALUE, calibration(sample, 0), MERCHANT);
        bazaar.does(calibration(sample, 365), MERCHANT);
        assertThat(Objects.requireNonNull(device(sample).calibration()).until())
                .isEqualTo(bazaar.now.plus(Duration.ofDays(365)));
        bazaar.does(new Command.RevokeDevice(bazaar.id(), sample.id()), MERCHANT);
        assertThat(device(sample).revokedAt()).isEqualTo(bazaar.now);
        assertThat(device(sample).calibration()).isNotNull();
        bazaar.refuses(RefusalCode.DEVICE_REVOKED, new Command.RevokeDevice(bazaar.id(), sample.id()), MERCHANT);
        bazaar.refuses(RefusalCode.DEVICE_REVOKED, calibration(sample, 365), MERCHANT);
        bazaar.refuses(RefusalCode.UNKNOWN_DEVICE, new Command.RevokeDevice(bazaar.id(), Digest.ZERO), MERCHANT);
    }

    @Test
    void a_root_over_signed_batches_is_recorded_once() {
        Command.RecordReadings readings = readings(10, 600);
        bazaar.does(readings, MERCHANT);
        Readings found = Objects.requireNonNull(bazaar.ledger.find(Keys.readings(readings.root())));
        assertThat(found.by()).isEqualTo(MERCHANT.id());
        assertThat(found.readings()).isEqualTo(600);
        bazaar.refuses(RefusalCode.READINGS_EXIST, readings(10, 600), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, readings(0, 600), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, readings(1, 0), MERCHANT);
        bazaar.refuses(
                RefusalCode.INVALID_VALUE,
                new Command.RecordReadings(
                        bazaar.id(), Digest.sha256(new byte[0]), 1, 1, bazaar.now, bazaar.now.minusSeconds(1)),
                MERCHANT);
    }

    @Test
    void times_that_no_device_can_mean_are_refused() {
        SampleDevice sample = SampleDevice.p256();
        bazaar.does(sample.registration(bazaar, MERCHANT), MERCHANT);
        Instant early = Instant.parse("1999-12-31T23:59:59Z");
        Instant late = Instant.parse("+10000-01-01T00:00:00Z");
        bazaar.refuses(RefusalCode.INVALID_VALUE, calibration(sample, early, bazaar.now), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, calibration(sample, bazaar.now, late), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, readings(early, bazaar.now), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, readings(bazaar.now, late), MERCHANT);
    }

    private Command.CalibrateDevice calibration(SampleDevice sample, Instant from, Instant until) {
        return new Command.CalibrateDevice(bazaar.id(), sample.id(), Digest.ZERO, from, until);
    }

    private Command.RecordReadings readings(Instant from, Instant until) {
        return new Command.RecordReadings(bazaar.id(), Digest.ZERO, 1, 1, from, until);
    }

    private Command.RecordReadings readings(int batches, long readings) {
        return new Command.RecordReadings(
                bazaar.id(), Digest.ZERO, batches, readings, bazaar.now.minusSeconds(60), bazaar.now);
    }

    private Command.CalibrateDevice calibration(SampleDevice sample, int days) {
        return calibration(sample, bazaar.now, bazaar.now.plus(Duration.ofDays(days)));
    }

    private Device device(SampleDevice sample) {
        return Objects.requireNonNull(bazaar.ledger.find(Keys.device(sample.id())));
    }
}
