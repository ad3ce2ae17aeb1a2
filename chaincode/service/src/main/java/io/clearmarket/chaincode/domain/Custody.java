package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.identity.PartyId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Who has an item. */
final class Custody {
    private Custody() {}

    /** Well-formed, each named once, and not too many. */
    static void requireItems(Collection<String> epcs) {
        if (epcs.isEmpty() || epcs.size() > Limits.ITEMS) {
            throw new InvalidValue("epcs", epcs.size() + " items", "1 to " + Limits.ITEMS + " items");
        }
        Set<Epc> distinct = new HashSet<>();
        for (String epc : epcs) {
            Refuse.unless(distinct.add(new Epc(epc)), RefusalCode.WRONG_ITEMS, () -> "item " + epc + " is named twice");
        }
    }

    /** The item, which must be in this party's hands, or in those of a key that this party's took the place of. */
    static Item requireWith(PartyId custodian, String epc, View view) {
        Item item = Refuse.ifAbsent(
                view.find(Keys.item(epc)), RefusalCode.UNKNOWN_ITEM, () -> "the ledger knows no item " + epc);
        requireCustodian(custodian, item, view);
        return item;
    }

    /** An item that nobody has claimed is the merchant's to introduce; any other must be its own and free. */
    static void requireShippable(PartyId merchant, ConsignmentId consignment, String epc, View view) {
        Item item = view.find(Keys.item(epc));
        if (item == null) {
            return;
        }
        requireCustodian(merchant, item, view);
        ConsignmentId other = item.consignmentId();
        if (other != null && !other.equals(consignment)) {
            var last = view.find(Keys.consignment(other));
            Refuse.unless(
                    last == null || last.closed(),
                    RefusalCode.ITEM_IN_OPEN_CONSIGNMENT,
                    () -> "item " + epc + " is in consignment " + other + ", which is not closed");
        }
    }

    static Outcome.Write<Item> write(Item item) {
        return new Outcome.Write<>(Keys.item(item.epc()), item);
    }

    /** Who else has it is nobody's business here: the refusal does not say. */
    private static void requireCustodian(PartyId custodian, Item item, View view) {
        Refuse.unless(
                Parties.isOrSucceeds(custodian, item.custodian(), view),
                RefusalCode.ITEM_NOT_IN_CUSTODY,
                () -> "item " + item.epc() + " is not with party " + custodian
                        + "; whoever has it on the ledger can hand it on");
    }
}
