package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Who has an item, as the ledger says. Nobody is told here who somebody else is. */
@Component
class HeldItems {
    private final ReadModel readModel;

    HeldItems(ReadModel readModel) {
        this.readModel = readModel;
    }

    Records.Item require(Epc epc) {
        return readModel
                .item(epc)
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_ITEM",
                        "the ledger knows nobody who has item " + epc,
                        "check the code; an item is on the ledger once its maker or seller has recorded it"));
    }

    boolean isWith(PartyId party, Epc epc) {
        return readModel.item(epc).filter(item -> has(party, item)).isPresent();
    }

    /** True if the ledger has the item with this party, or with a key that this party's took the place of. */
    boolean has(PartyId party, Records.Item item) {
        Optional<PartyId> key = Optional.of(party);
        while (key.isPresent() && !key.get().equals(item.custodian())) {
            key = readModel.party(key.get()).map(Records.Party::predecessor);
        }
        return key.isPresent();
    }

    /** True while its last sale is not over: it may yet go back. */
    boolean isInOpenSale(Records.Item item) {
        return item.consignmentId() != null
                && readModel
                        .consignment(item.consignmentId())
                        .filter(sale -> !sale.closed())
                        .isPresent();
    }

    /** Refuses unless it is this party's to hand on. */
    void requireFree(PartyId owner, Epc epc) {
        Records.Item item = require(epc);
        if (!has(owner, item)) {
            throw OwnershipProblem.conflict(
                    "ITEM_NOT_IN_CUSTODY",
                    "the ledger says that item " + epc + " is with somebody else than " + owner,
                    "whoever has it on the ledger can hand it on");
        }
        if (isInOpenSale(item)) {
            throw OwnershipProblem.conflict(
                    "ITEM_IN_OPEN_CONSIGNMENT",
                    "item " + epc + " is in consignment " + item.consignmentId() + ", which is not closed",
                    "accept it, or wait until its inspection is over");
        }
    }

    /** The ledger's name. */
    String ledger() {
        return market().ledger();
    }

    MarketConfig market() {
        return readModel
                .market()
                .orElseThrow(() -> OwnershipProblem.conflict(
                        "NO_MARKET",
                        "the organisations have not agreed on a market yet",
                        "they do by POST /api/v1/market/approvals"));
    }

    boolean isRecorded(HandOver handOver) {
        Digest digest = Digest.sha256(handOver.canonicalBytes());
        return readModel
                .record(RecordKind.HANDOVER, Records.HandedOver.class, digest.hex())
                .isPresent();
    }
}
