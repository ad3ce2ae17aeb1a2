package io.clearmarket.network.embedded.peer.endorser;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PrivateSimulator;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/** Which policies a read-write set will be judged by, so that a gateway can choose endorsers (fabric-protocol 1.6). */
final class InterestBuilder {
    private final PeerLedger ledger;

    InterestBuilder(PeerLedger ledger) {
        this.ledger = ledger;
    }

    /** @param simulator whose results these are */
    ChaincodeInterest of(Simulator simulator, UnpackedProposal proposal) {
        ChaincodeInterest.Builder interest = ChaincodeInterest.newBuilder();
        Set<PrivateSimulator.Name> read = simulator.privateData().collectionsRead();
        // a second look at the state: key policies are read beside the transaction, not by it
        try (Simulator committed = ledger.simulate(proposal.transactionId())) {
            for (NsReadWriteSet namespace : simulator.results().getNsRwsetList()) {
                if (!SystemChaincodes.isSystem(namespace.getNamespace())) {
                    CallPolicies policies = new CallPolicies(namespace, simulator.privateResults(), committed);
                    policies.calls(read).forEach(interest::addChaincodes);
                }
            }
        }
        // As Fabric's gateway does, and seen on 3.1.5: the invoked chaincode stands in where nothing was touched. A
        // caller that only
        // calls others is not in the set, though it is judged by its own policy too; its client names the
        // organisations.
        if (interest.getChaincodesCount() == 0 && !SystemChaincodes.isSystem(proposal.chaincode())) {
            interest.addChaincodes(ChaincodeCall.newBuilder().setName(proposal.chaincode()));
        }
        return interest.build();
    }
}
