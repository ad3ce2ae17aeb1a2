package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Person;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The refusals of changes of a party's key and address. */
final class RegistryRefusals {
    private static final Person SUCCESSOR = Person.of("PlatformMSP", Role.BUYER);

    private RegistryRefusals() {}

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        cases.put(RefusalCode.NO_CHANGE, () -> {
            Bazaar bazaar = Bazaar.opened();
            return refusalOf(bazaar, new Command.WithdrawChange(bazaar.id()), BUYER);
        });
        cases.put(RefusalCode.CHANGE_UNDER_WAY, () -> {
            Bazaar bazaar = announced();
            return refusalOf(bazaar, new Command.ChangeKey(bazaar.id(), SUCCESSOR.id()), BUYER);
        });
        cases.put(RefusalCode.PARTY_REPLACED, () -> {
            Bazaar bazaar = announced().later(Duration.ofDays(8));
            bazaar.does(new Command.CompleteChange(bazaar.id(), BUYER.id()), SUCCESSOR);
            return refusalOf(bazaar, bazaar.order(), BUYER);
        });
        return cases;
    }

    private static Bazaar announced() {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(bazaar.registration(SUCCESSOR), SUCCESSOR);
        bazaar.does(new Command.ChangeKey(bazaar.id(), SUCCESSOR.id()), BUYER);
        return bazaar;
    }
}
