package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.opened;
import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.SampleDevice;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is refused of devices and their readings. */
final class DeviceRefusals {
    private DeviceRefusals() {}

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        SampleDevice device = SampleDevice.ed25519();
        cases.put(
                RefusalCode.DEVICE_EXISTS,
                () -> refusalOf(with(device), device.registration(with(device), MERCHANT), MERCHANT));
        cases.put(
                RefusalCode.UNKNOWN_DEVICE, () -> opened(b -> new Command.RevokeDevice(b.id(), device.id()), MERCHANT));
        cases.put(RefusalCode.BAD_DEVICE_SIGNATURE, () -> opened(b -> device.registration(b, BUYER), MERCHANT));
        cases.put(RefusalCode.DEVICE_REVOKED, () -> {
            Bazaar bazaar = with(device);
            bazaar.does(new Command.RevokeDevice(bazaar.id(), device.id()), MERCHANT);
            return refusalOf(bazaar, new Command.RevokeDevice(bazaar.id(), device.id()), MERCHANT);
        });
        cases.put(RefusalCode.READINGS_EXIST, () -> {
            Bazaar bazaar = Bazaar.opened();
            bazaar.does(readings(bazaar), MERCHANT);
            return refusalOf(bazaar, readings(bazaar), MERCHANT);
        });
        return cases;
    }

    private static Bazaar with(SampleDevice device) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(device.registration(bazaar, MERCHANT), MERCHANT);
        return bazaar;
    }

    private static Command readings(Bazaar bazaar) {
        return new Command.RecordReadings(bazaar.id(), Digest.ZERO, 1, 60, bazaar.now, bazaar.now);
    }
}
