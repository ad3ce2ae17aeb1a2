package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import java.util.HashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;

/** What a chaincode definition must be before a peer endorses it (Invocation.validateInput in core/chaincode/lifecycle/scc.go). */
final class DefinitionChecks {
    private static final String INVALID = "error validating chaincode definition: ";

    private DefinitionChecks() {}

    static void require(PeerLedger ledger, String name, Definition definition) throws Refused {
        require(
                name.matches("[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*"),
                "invalid chaincode name '" + name
                        + "'. Names can only consist of alphanumerics, '_', and '-' and can only"
                        + " begin with alphanumerics");
        require(!SystemChaincodes.isSystem(name), "chaincode name '" + name + "' is the name of a system chaincode");
        require(
                definition.version().matches("[A-Za-z0-9_.+-]+"),
                "invalid chaincode version '" + definition.version()
                        + "'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'");
        Map<String, StaticCollectionConfig> proposed = new HashMap<>();
        for (CollectionConfig config : definition.collections().getConfigList()) {
            StaticCollectionConfig collection = config.getStaticCollectionConfig();
            requireSound(collection, ledger);
            require(
                    proposed.put(collection.getName(), collection) == null,
                    "collection-name: " + collection.getName() + " -- found duplicate in collection configuration");
        }
        requireNoneLost(ledger, name, proposed);
    }

    private static void requireSound(StaticCollectionConfig collection, PeerLedger ledger) throws Refused {
        String name = collection.getName();
        require(
                name.matches("[A-Za-z0-9-]+([A-Za-z0-9_-]+)*"),
                "invalid collection name '" + name
                        + "'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'");
        require(
                collection.getMaximumPeerCount() >= collection.getRequiredPeerCount(),
                "collection-name: " + name + " -- maximum peer count (" + collection.getMaximumPeerCount()
                        + ") cannot be less than the required peer count (" + collection.getRequiredPeerCount() + ")");
        require(
                collection.getRequiredPeerCount() >= 0,
                "collection-name: " + name + " -- requiredPeerCount (" + collection.getRequiredPeerCount()
                        + ") cannot be less than zero");
        require(collection.hasMemberOrgsPolicy(), "collection member policy is not set for collection '" + name + "'");
        require(
                collection.getMemberOrgsPolicy().hasSignaturePolicy(),
                "collection member org policy is empty for collection '" + name + "'");
        for (MSPPrincipal principal :
                collection.getMemberOrgsPolicy().getSignaturePolicy().getIdentitiesList()) {
            String mspId = mspId(principal);
            require(
                    ledger.msps().mspIds().contains(mspId),
                    "collection-name: " + name + " -- collection member '" + mspId + "' is not part of the channel");
        }
    }

    private static String mspId(MSPPrincipal principal) throws Refused {
        try {
            return MSPRole.parseFrom(principal.getPrincipal()).getMspIdentifier();
        } catch (InvalidProtocolBufferException e) {
            throw new Refused(INVALID + "cannot unmarshal identity bytes into MSPRole: " + e.getMessage());
        }
    }

    /** Collections stay for ever, and so does their block-to-live. */
    private static void requireNoneLost(
            PeerLedger ledger, String chaincode, Map<String, StaticCollectionConfig> proposed) throws Refused {
        var committed = ledger.definition(chaincode);
        if (committed.isEmpty()) {
            return;
        }
        var before = committed.get().definition().collections().getConfigList();
        require(
                before.isEmpty() || !proposed.isEmpty(),
                "the proposed collection config does not contain previously defined collections");
        for (CollectionConfig config : before) {
            StaticCollectionConfig old = config.getStaticCollectionConfig();
            StaticCollectionConfig now = proposed.get(old.getName());
            if (now == null) {
                throw new Refused(INVALID + "existing collection [" + old.getName()
                        + "] missing in the proposed collection configuration");
            }
            require(
                    now.getBlockToLive() == old.getBlockToLive(),
                    "the BlockToLive in an existing collection [" + old.getName() + "] modified. Existing value ["
                            + old.getBlockToLive() + "]");
        }
    }

    private static void require(boolean condition, String otherwise) throws Refused {
        if (!condition) {
            throw new Refused(INVALID + otherwise);
        }
    }
}
