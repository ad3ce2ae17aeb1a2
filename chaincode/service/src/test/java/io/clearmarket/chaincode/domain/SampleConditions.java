package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import java.util.List;

/** An order of whose deposit a share goes back once the carrier says that the goods are arriving. */
public final class SampleConditions {
    private static final String EVENT = "ni:///sha-256;" + "e".repeat(64) + "?ver=CBV2.0";

    private SampleConditions() {}

    public static Bazaar shipped() {
        return DeliveryConditionsTest.shipped(refund(List.of(CARRIER)));
    }

    /** Terms by which the buyer gets money at its own word. */
    public static Command unsound(Bazaar bazaar) {
        return bazaar.order(TermsBuilder.valid().with(refund(List.of(Bazaar.BUYER))));
    }

    public static Command cites(Bazaar bazaar, int condition) {
        return new Command.SettleByEvent(bazaar.id(), ID, condition, EVENT);
    }

    public static Command.RecordEvent event(Bazaar bazaar, String step) {
        return new Command.RecordEvent(bazaar.id(), told(bazaar, step));
    }

    public static Command.RecordEvent inError(Bazaar bazaar, Command.RecordEvent recorded) {
        return new Command.RecordEvent(bazaar.id(), Facts.inError(recorded.event(), bazaar.now));
    }

    private static EpcisRecord told(Bazaar bazaar, String step) {
        return new EpcisRecord(
                EVENT,
                "ObjectEvent",
                "OBSERVE",
                step,
                null,
                bazaar.now,
                Facts.epcs(Facts.items()),
                null,
                null,
                Digest.ZERO);
    }

    private static DeliveryCondition refund(List<Person> witnesses) {
        return new DeliveryCondition(
                Effect.REFUND,
                1_000,
                witnesses.stream().map(Person::id).toList(),
                new Expected("arriving", null, null),
                0);
    }
}
