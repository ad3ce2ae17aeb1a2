package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventRecords;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command {@code ship} from a form: the items of each line, the carrier, and the EPCIS event that tells of it. */
final class Shipment {
    private Shipment() {}

    static Draft draft(Drafting form) {
        Typed typed = form.typed();
        List<Command.LineItems> items = new ArrayList<>();
        for (Terms.Line line : toShip(form)) {
            items.add(new Command.LineItems(line.line(), epcs(line, typed.text("items-" + line.line()))));
        }
        List<String> all = items.stream().flatMap(line -> line.epcs().stream()).toList();
        byte[] document = document(all, at(typed), typed.text("place"));
        EpcisRecord event = EventRecords.of(EpcisDocument.parse(document), Digest.sha256(document))
                .getFirst();
        Command command = new Command.Ship(
                form.commandId(), form.now().id(), form.version(), items, carrier(typed.text("carrier")), event);
        return new Draft(command, List.of(all.size()), all, new Draft.Brought(document, "application/ld+json"), null);
    }

    /** What was not given back before. */
    static List<Terms.Line> toShip(Drafting form) {
        return form.terms().lines().stream()
                .filter(line -> !form.now().refundedLines().contains(line.line()))
                .toList();
    }

    /** One item a line or between spaces: an EPC, or a serial number of the line's product. */
    private static List<String> epcs(Terms.Line line, String text) {
        List<String> epcs = Arrays.stream(text.split("\\s+"))
                .filter(item -> !item.isEmpty())
                .map(item -> item.contains(":") ? Epc.parse(item) : Epc.of(line.gtin(), item))
                .map(Epc::uri)
                .toList();
        if (epcs.size() != line.quantity()) {
            throw new FormFault("act.fault.items", line.product());
        }
        return epcs;
    }

    private static PartyId carrier(String text) {
        try {
            return PartyId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new FormFault("act.fault.carrier", text);
        }
    }

    private static Instant at(Typed typed) {
        try {
            return Instant.parse(typed.text(Typed.AT));
        } catch (DateTimeParseException e) {
            throw new FormFault("act.fault.value", typed.text(Typed.AT));
        }
    }

    /** RFC 8785 bytes of an EPCIS 2.0 document with one event. */
    private static byte[] document(List<String> epcs, Instant at, String place) {
        Map<String, Object> event = new TreeMap<>(Map.of(
                "type", "ObjectEvent",
                "action", "OBSERVE",
                "bizStep", "shipping",
                "disposition", "in_transit",
                "epcList", epcs,
                "eventTime", at.toString(),
                "eventTimeZoneOffset", "+00:00"));
        if (!place.isEmpty()) {
            event.put("readPoint", Map.of("id", place));
        }
        return CanonicalJson.bytes(EpcisDocument.around(List.of(event), at));
    }
}
