package io.clearmarket.network.embedded.peer.privatedata;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Collection;
import io.clearmarket.network.embedded.ledger.ImplicitCollections;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;

/**
 * Hands an endorsed proposal's plaintext to members of its collections, as far as each collection wants it, and keeps it
 * here (gossip/privdata/distributor.go). Nobody else is given anything.
 */
public final class Dissemination {
    private static final System.Logger LOG = System.getLogger(Dissemination.class.getName());

    private final PeerLedger ledger;
    private final String mspId;
    private volatile List<PrivateDataPeer> others = List.of();

    public Dissemination(PeerLedger ledger, String mspId) {
        this.ledger = ledger;
        this.mspId = mspId;
    }

    /** Makes the channel's other peers known. */
    public void join(List<PrivateDataPeer> peers) {
        others = List.copyOf(peers);
    }

    /** Too few peers have the data, so the proposal must not be endorsed; the message is a peer's. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** Returns when the plaintext is on as many members' disks as its collections require, and on this peer's own. */
    public void disseminate(String transactionId, TxPvtReadWriteSet plaintext) throws Failed {
        if (plaintext.getNsPvtRwsetCount() == 0) {
            return;
        }
        for (NsPvtReadWriteSet namespace : plaintext.getNsPvtRwsetList()) {
            for (CollectionPvtReadWriteSet set : namespace.getCollectionPvtRwsetList()) {
                Optional<Collection> collection = ledger.collection(namespace.getNamespace(), set.getCollectionName());
                if (collection.isPresent()) {
                    handOver(transactionId, collection.get(), only(namespace.getNamespace(), set));
                }
            }
        }
        ledger.privateData().keep(transactionId, plaintext);
    }

    private static TxPvtReadWriteSet only(String namespace, CollectionPvtReadWriteSet set) {
        return TxPvtReadWriteSet.newBuilder()
                .addNsPvtRwset(
                        NsPvtReadWriteSet.newBuilder().setNamespace(namespace).addCollectionPvtRwset(set))
                .build();
    }

    private void handOver(String transactionId, Collection collection, TxPvtReadWriteSet plaintext) throws Failed {
        // a peer sends nothing of another organisation's implicit collection around; its owner fetches it
        boolean foreign = ImplicitCollections.owner(collection.name())
                .filter(owner -> !owner.equals(mspId))
                .isPresent();
        int required = foreign ? 0 : collection.config().getRequiredPeerCount();
        int most = foreign ? 0 : collection.config().getMaximumPeerCount();
        List<PrivateDataPeer> eligible =
                others.stream().filter(peer -> isMember(peer, collection)).toList();
        String where = "failed to distribute private collection, txID " + transactionId + ", channel "
                + ledger.channel() + ": ";
        if (eligible.size() < required) {
            throw new Failed(where + "could not build private data dissemination plan for chaincode "
                    + collection.chaincode() + " and collection " + collection.name()
                    + ": required to disseminate to at least " + required + " peers, but know of only "
                    + eligible.size() + " eligible peers");
        }
        int failed = 0;
        List<PrivateDataPeer> chosen =
                acrossOrganizationsFirst(eligible).stream().limit(most).toList();
        for (int i = 0; i < chosen.size(); i++) {
            if (!handOver(transactionId, chosen.get(i), plaintext) && i < required) {
                failed++;
            }
        }
        if (failed > 0) {
            throw new Failed(where + "Failed disseminating " + failed + " out of " + chosen.size()
                    + " private dissemination plans");
        }
    }

    private static List<PrivateDataPeer> acrossOrganizationsFirst(List<PrivateDataPeer> peers) {
        Set<String> seen = new HashSet<>();
        List<PrivateDataPeer> first = new ArrayList<>();
        List<PrivateDataPeer> rest = new ArrayList<>();
        peers.forEach(peer -> (seen.add(peer.mspId()) ? first : rest).add(peer));
        first.addAll(rest);
        return first;
    }

    private static boolean handOver(String transactionId, PrivateDataPeer peer, TxPvtReadWriteSet plaintext) {
        try {
            peer.takeOver(transactionId, plaintext);
            return true;
        } catch (RuntimeException down) {
            LOG.log(Level.WARNING, "a peer of " + peer.mspId() + " does not take private data", down);
            return false;
        }
    }

    private boolean isMember(PrivateDataPeer peer, Collection collection) {
        return isMember(ledger, peer.identity(), collection);
    }

    static boolean isMember(PeerLedger ledger, ByteString identity, Collection collection) {
        try {
            return collection
                    .members()
                    .evaluateSigners(List.of(ledger.msps().deserialize(identity)))
                    .isEmpty();
        } catch (MspException unknown) {
            return false;
        }
    }
}
