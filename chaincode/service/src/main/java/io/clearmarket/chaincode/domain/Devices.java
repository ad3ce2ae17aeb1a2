package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Calibration;
import io.clearmarket.chaincode.api.Records.Device;
import io.clearmarket.chaincode.api.Records.Readings;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Measuring devices: registered by who owns them, calibrated, revoked for ever; and roots over what they signed. */
final class Devices {
    private Devices() {}

    static Outcome register(Command.RegisterDevice command, View view, Context context) {
        PartyId owner = Permissions.asker(command, view, context).id();
        DeviceKey key = new DeviceKey(command.publicKey());
        Digest id = key.id();
        Refuse.unless(
                view.find(Keys.device(id)) == null,
                RefusalCode.DEVICE_EXISTS,
                () -> "device " + id + " is registered already");
        byte[] binding = DeviceKey.binding(Market.inForce(view).ledger(), id, owner);
        Refuse.unless(
                key.hasSigned(binding, signature(command.signature())),
                RefusalCode.BAD_DEVICE_SIGNATURE,
                () -> "the signature is not by device " + id + " over the text that it belongs to party " + owner);
        return written("device.registered", new Device(id, owner, key.spki(), context.now(), null, null));
    }

    static Outcome calibrate(Command.CalibrateDevice command, View view, Context context) {
        Device device = own(command, command.device(), view, context);
        Bounds.require(command.from(), "from");
        Bounds.require(command.until(), "until");
        if (!command.from().isBefore(command.until())) {
            throw new InvalidValue("until", command.until().toString(), "after from, which is " + command.from());
        }
        Calibration calibration = new Calibration(command.certificate(), command.from(), command.until());
        return written("device.calibrated", changed(device, calibration, null));
    }

    static Outcome revoke(Command.RevokeDevice command, View view, Context context) {
        Device device = own(command, command.device(), view, context);
        return written("device.revoked", changed(device, device.calibration(), context.now()));
    }

    static Outcome record(Command.RecordReadings command, View view, Context context) {
        PartyId by = Permissions.asker(command, view, context).id();
        requireWithin(command.batches(), Limits.BATCHES, "batches");
        requireWithin(command.readings(), Limits.READINGS, "readings");
        Bounds.require(command.from(), "from");
        Bounds.require(command.until(), "until");
        if (command.until().isBefore(command.from())) {
            throw new InvalidValue("until", command.until().toString(), "not before from, which is " + command.from());
        }
        Key<Readings> key = Keys.readings(command.root());
        Refuse.unless(
                view.find(key) == null,
                RefusalCode.READINGS_EXIST,
                () -> "the root " + command.root() + " has been recorded already");
        Readings readings = new Readings(
                command.root(),
                by,
                command.batches(),
                command.readings(),
                command.from(),
                command.until(),
                context.now());
        return Outcome.Moved.of("readings.recorded", new Outcome.Write<>(key, readings));
    }

    /** A device of the asker's that is not revoked. */
    private static Device own(Command command, Digest id, View view, Context context) {
        PartyId asker = Permissions.asker(command, view, context).id();
        Device device = Refuse.ifAbsent(
                view.find(Keys.device(id)), RefusalCode.UNKNOWN_DEVICE, () -> "there is no device " + id);
        Refuse.unless(
                device.owner().equals(asker),
                RefusalCode.WRONG_PARTY,
                () -> "device " + id + " belongs to party " + device.owner());
        Refuse.unless(
                device.revokedAt() == null,
                RefusalCode.DEVICE_REVOKED,
                () -> "device " + id + " was revoked at " + device.revokedAt());
        return device;
    }

    private static Device changed(Device device, @Nullable Calibration calibration, @Nullable Instant revokedAt) {
        return new Device(
                device.id(), device.owner(), device.publicKey(), device.registeredAt(), calibration, revokedAt);
    }

    private static Outcome written(String type, Device device) {
        return Outcome.Moved.of(type, new Outcome.Write<>(Keys.device(device.id()), device));
    }

    private static byte[] signature(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static void requireWithin(long value, long most, String field) {
        if (value < 1 || value > most) {
            throw new InvalidValue(field, Long.toString(value), "1 to " + most);
        }
    }
}
