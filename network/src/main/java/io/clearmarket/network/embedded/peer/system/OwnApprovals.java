package io.clearmarket.network.embedded.peer.system;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PeerLedger.ChaincodeDefinition;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.peer.chaincode.ApprovedPackages;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeFailure;
import io.clearmarket.network.embedded.peer.system.Approvals.Approved;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the peer's own organisation has approved, looked up in its ledger once per block and chaincode. */
public final class OwnApprovals implements ApprovedPackages {
    private final PeerLedger ledger;
    private final String mspId;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(long height, long sequence, Optional<Approved> approved) {}

    public OwnApprovals(PeerLedger ledger, String mspId) {
        this.ledger = ledger;
        this.mspId = mspId;
    }

    @Override
    public String of(ChaincodeDefinition definition) throws ChaincodeFailure {
        long height = ledger.height();
        Known found = known.get(definition.name());
        if (found == null || found.height() != height || found.sequence() != definition.sequence()) {
            found = new Known(height, definition.sequence(), lookUp(definition));
            known.put(definition.name(), found);
        }
        return found.approved()
                .filter(approved -> approved.definition().equals(definition.definition()))
                .map(Approved::packageId)
                .orElseThrow(() -> new ChaincodeFailure("chaincode definition for '" + definition.name()
                        + "' at sequence " + definition.sequence() + " on channel '" + ledger.channel()
                        + "' has not yet been approved by this org"));
    }

    private Optional<Approved> lookUp(ChaincodeDefinition definition) {
        try (Simulator simulator = ledger.simulate("approvals")) {
            return new Approvals(simulator, mspId).find(definition.name(), definition.sequence());
        } catch (Simulator.Refused missing) {
            return Optional.empty();
        }
    }
}
