package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Records.Change;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A party's next record while a decision makes it: everything as it was until set. */
final class NextParty {
    private final Party before;
    private EthAddress address;
    private SortedSet<String> accreditedBy;
    private SortedSet<String> suspendedBy;
    private @Nullable Change change;
    private @Nullable PartyId successor;
    private @Nullable PartyId predecessor;
    private @Nullable Boolean grandfathered;

    NextParty(Party before) {
        this.before = before;
        address = before.address();
        accreditedBy = before.accreditedBy();
        suspendedBy = before.suspendedBy();
        change = before.change();
        successor = before.successor();
        predecessor = before.predecessor();
        grandfathered = before.grandfathered();
    }

    NextParty address(EthAddress now) {
        address = now;
        return this;
    }

    NextParty accreditedBy(SortedSet<String> organisations) {
        accreditedBy = organisations;
        return this;
    }

    NextParty suspendedBy(SortedSet<String> organisations) {
        suspendedBy = organisations;
        return this;
    }

    NextParty change(@Nullable Change announced) {
        change = announced;
        return this;
    }

    NextParty successor(PartyId party) {
        successor = party;
        return this;
    }

    /** In the place of this party, with the organisations' word for it. */
    NextParty succeeding(Party party) {
        predecessor = party.id();
        accreditedBy = new TreeSet<>(accreditedBy);
        accreditedBy.addAll(party.accreditedBy());
        grandfathered = party.grandfathered();
        return this;
    }

    Party build() {
        return new Party(
                before.id(),
                before.mspId(),
                before.role(),
                before.certificate(),
                before.publicKey(),
                address,
                accreditedBy,
                suspendedBy,
                change,
                successor,
                predecessor,
                grandfathered,
                before.schema());
    }
}
