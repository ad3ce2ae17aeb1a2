package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.ErrorDeclaration;
import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Records.Mark;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** EPCIS events: what somebody says happened to items, recorded once under their own name. */
final class Provenance {
    /** Clocks differ; an event further ahead has not happened. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private Provenance() {}

    static Outcome record(Command.RecordEvent command, View view, Context context) {
        Party by = Permissions.asker(command, view, context);
        if (command.event().errorDeclaration() != null) {
            return new Outcome.Moved("event.declared_in_error", null, null, declared(command.event(), view, context));
        }
        List<Outcome.Write<?>> writes = new ArrayList<>(recorded(command.event(), view, context));
        if (bringsIntoBeing(command.event())) {
            writes.addAll(commissioned(command.event(), by, view, context));
        }
        return new Outcome.Moved("event.recorded", null, null, writes);
    }

    /** Checks an event and returns what is written of it, its entry under every item included. */
    static List<Outcome.Write<?>> recorded(EpcisRecord event, View view, Context context) {
        if (event.errorDeclaration() != null) {
            throw new InvalidValue(
                    "errorDeclaration", "a declaration", "absent: an event that moves goods is not in error");
        }
        requireSound(event, context);
        Key<Recorded> key = Keys.event(event.eventId());
        Refuse.unless(
                view.find(key) == null,
                RefusalCode.EVENT_EXISTS,
                () -> "event " + event.eventId() + " has been recorded already");
        List<Outcome.Write<?>> writes = new ArrayList<>();
        writes.add(new Outcome.Write<>(key, by(event, context)));
        for (String epc : event.epcs()) {
            writes.add(new Outcome.Write<>(Keys.itemEvent(epc, event.eventId()), new Mark()));
        }
        return writes;
    }

    /** Declares an event to be in error; one that the ledger does not know yet is recorded with it. */
    private static List<Outcome.Write<?>> declared(EpcisRecord event, View view, Context context) {
        ErrorDeclaration declaration = requireSoundDeclaration(event);
        List<Outcome.Write<?>> writes = new ArrayList<>();
        Recorded earlier = view.find(Keys.event(event.eventId()));
        if (earlier == null) {
            writes.addAll(recorded(event.withoutDeclaration(), view, context));
        } else {
            Refuse.unless(
                    earlier.by().equals(context.asker().party()),
                    RefusalCode.WRONG_PARTY,
                    () -> "event " + event.eventId() + " was recorded by party " + earlier.by()
                            + "; only that party declares it in error");
        }
        Key<Recorded> key = Keys.declaration(event.eventId(), declaration);
        Refuse.unless(
                view.find(key) == null,
                RefusalCode.EVENT_EXISTS,
                () -> "event " + event.eventId() + " has been declared in error so already");
        writes.add(new Outcome.Write<>(key, by(event, context)));
        writes.add(new Outcome.Write<>(Keys.eventError(event.eventId()), new Mark()));
        return writes;
    }

    private static Recorded by(EpcisRecord event, Context context) {
        Asker asker = context.asker();
        return new Recorded(event, asker.party(), asker.mspId(), context.now());
    }

    private static ErrorDeclaration requireSoundDeclaration(EpcisRecord event) {
        ErrorDeclaration declaration = Objects.requireNonNull(event.errorDeclaration());
        Bounds.require(declaration.declarationTime(), "declarationTime");
        Bounds.requireIfPresent(
                declaration.reason(), "reason", EpcisRecord.WORD, "a CBV bare name such as did_not_occur, or a URI");
        List<String> corrections = declaration.correctiveEventIds();
        if (corrections.size() > Limits.CORRECTIONS) {
            throw new InvalidValue(
                    "correctiveEventIds", corrections.size() + " events", "at most " + Limits.CORRECTIONS);
        }
        corrections.forEach(
                id -> Bounds.require(id, "correctiveEventIds", EpcisRecord.ANY_EVENT, "a URI that names an event"));
        return declaration;
    }

    private static boolean bringsIntoBeing(EpcisRecord event) {
        return Objects.equals(event.action(), "ADD") && Objects.equals(event.bizStep(), "commissioning");
    }

    /** Commissioned items come into their maker's or seller's hands; nobody can commission them again. */
    private static List<Outcome.Write<?>> commissioned(EpcisRecord event, Party by, View view, Context context) {
        Refuse.unless(
                by.role() == Role.MERCHANT,
                RefusalCode.WRONG_ROLE,
                () -> "items are commissioned by merchants; party " + by.id() + " is " + by.role());
        List<Outcome.Write<?>> writes = new ArrayList<>();
        for (String epc : event.epcs()) {
            Refuse.unless(
                    view.find(Keys.item(epc)) == null,
                    RefusalCode.ITEM_EXISTS,
                    () -> "item " + epc + " is known to the ledger already");
            writes.add(Custody.write(new Item(epc, by.id(), null, context.now())));
        }
        return writes;
    }

    private static void requireSound(EpcisRecord event, Context context) {
        Bounds.require(
                event.eventId(),
                "eventId",
                EpcisRecord.EVENT_ID,
                "a CBV 2.0 hash id, ni:///sha-256;<64 hexadecimal digits>?ver=CBV2.0");
        Bounds.require(event.type(), "type", EpcisRecord.TYPE, "an event type of EPCIS 2.0");
        boolean transformation = event.type().equals("TransformationEvent");
        if (transformation == (event.action() != null)) {
            throw new InvalidValue(
                    "action",
                    String.valueOf(event.action()),
                    transformation ? "absent for a TransformationEvent" : "ADD, OBSERVE or DELETE");
        }
        Bounds.requireIfPresent(event.action(), "action", EpcisRecord.ACTION, "ADD, OBSERVE or DELETE");
        Bounds.requireIfPresent(
                event.bizStep(), "bizStep", EpcisRecord.WORD, "a CBV bare name such as shipping, or a URI");
        Bounds.requireIfPresent(
                event.disposition(), "disposition", EpcisRecord.WORD, "a CBV bare name such as in_transit, or a URI");
        Bounds.requireIfPresent(event.readPoint(), "readPoint", EpcisRecord.LOCATION, "an http, urn or geo URI");
        Bounds.requireIfPresent(event.bizLocation(), "bizLocation", EpcisRecord.LOCATION, "an http, urn or geo URI");
        Bounds.require(event.eventTime(), "eventTime");
        if (event.eventTime().isAfter(context.now().plus(AHEAD))) {
            throw new InvalidValue("eventTime", event.eventTime().toString(), "a time that has come");
        }
        if (!event.epcs().isEmpty()) {
            Custody.requireItems(event.epcs());
        }
        List<Measured> measured = event.measured();
        if (measured != null) {
            requireSound(measured);
        }
    }

    private static void requireSound(List<Measured> measured) {
        if (measured.isEmpty() || measured.size() > Limits.MEASURED) {
            throw new InvalidValue(
                    "measured", measured.size() + " readings", "1 to " + Limits.MEASURED + ", or the member is absent");
        }
        for (Measured reading : measured) {
            Bounds.require(reading.type(), "type", EpcisRecord.MEASUREMENT, "a word of GS1's such as Temperature");
            Bounds.require(reading.unit(), "unit", EpcisRecord.UNIT, "a code of UN/CEFACT Rec. 20 such as CEL");
            if (reading.least() > reading.greatest()
                    || reading.least() < -Limits.READING
                    || reading.greatest() > Limits.READING) {
                throw new InvalidValue(
                        "measured",
                        reading.least() + " to " + reading.greatest(),
                        "the least reading and the greatest, within " + Limits.READING + " thousandths of zero");
            }
        }
    }
}
