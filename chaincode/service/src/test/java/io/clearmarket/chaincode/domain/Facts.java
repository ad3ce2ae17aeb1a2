package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What there is outside the ledger: the items of the order, and what attesters sign. */
public final class Facts {
    private Facts() {}

    /** Line 1 is two pieces, line 2 one. */
    public static List<LineItems> items() {
        return items(0);
    }

    /** The same lines with serials after this one. */
    public static List<LineItems> items(int after) {
        return List.of(
                new LineItems(1, List.of(epc(after + 1), epc(after + 2))), new LineItems(2, List.of(epc(after + 3))));
    }

    public static String epc(int serial) {
        return Epc.of(Bazaar.GTIN, Integer.toString(serial)).uri();
    }

    public static List<String> epcs(List<LineItems> items) {
        return items.stream().flatMap(line -> line.epcs().stream()).toList();
    }

    /** The event again, declared to be in error; the corrective events by id. */
    public static EpcisRecord inError(EpcisRecord event, Instant at, String... corrective) {
        return event.declaredInError(new EpcisRecord.ErrorDeclaration(at, "did_not_occur", List.of(corrective)));
    }

    public static Evidence attested(Evidence.Seen seen, Secp256k1Key... attesters) {
        byte[] digest = EscrowTypes.seenDigest(Bazaar.LEDGER, seen);
        return new Evidence(
                seen,
                Arrays.stream(attesters)
                        .map(attester -> Person.hex(attester.signDigest(digest)))
                        .toList());
    }
}
