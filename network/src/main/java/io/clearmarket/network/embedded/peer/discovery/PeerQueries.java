package io.clearmarket.network.embedded.peer.discovery;

import io.clearmarket.network.embedded.ledger.Collection;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.peer.gateway.EndorsementPlanner;
import io.clearmarket.network.embedded.peer.gateway.EndorserDirectory;
import io.clearmarket.network.embedded.peer.gateway.EndorserNode;
import io.clearmarket.network.embedded.peer.gateway.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/** Which peers there are, and which together can endorse. */
final class PeerQueries {
    private final PeerLedger ledger;
    private final EndorserDirectory peers;
    private final EndorsementPlanner planner;

    PeerQueries(PeerLedger ledger, EndorserDirectory peers) {
        this.ledger = ledger;
        this.peers = peers;
        this.planner = new EndorsementPlanner(ledger);
    }

    /** A query that has no answer. */
    static final class Unanswerable extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswerable(String message) {
            super(message);
        }
    }

    /**
     * The channel's living peers, by organisation.
     *
     * @param filter only those that can run these chaincodes and may hold the collections that they read
     */
    PeerMembershipResult channelPeers(ChaincodeInterest filter) throws Unanswerable {
        for (ChaincodeCall call : filter.getChaincodesList()) {
            if (ledger.endorsementPolicy(call.getName()).isEmpty()) {
                throw new Unanswerable(
                        "No metadata was found for chaincode " + call.getName() + " in channel " + ledger.channel());
            }
        }
        List<EndorserNode> fitting =
                peers.nodes().stream().filter(node -> canRun(node, filter)).toList();
        PeerMembershipResult.Builder result = PeerMembershipResult.newBuilder();
        byOrganization(peers.nodes())
                .forEach((mspId, nodes) -> result.putPeersByOrg(
                        mspId,
                        described(nodes.stream().filter(fitting::contains).toList())));
        return result.build();
    }

    /** The same peers without what they say of the channel. */
    PeerMembershipResult localPeers() {
        PeerMembershipResult.Builder result = PeerMembershipResult.newBuilder();
        byOrganization(peers.nodes()).forEach((mspId, nodes) -> {
            Peers.Builder local = described(nodes).toBuilder();
            local.getPeersBuilderList().forEach(peer -> peer.clearStateInfo());
            result.putPeersByOrg(mspId, local.build());
        });
        return result.build();
    }

    /** How many peers of which group satisfy every policy concerned. Groups are organisations, as policies name them here. */
    EndorsementDescriptor endorsers(ChaincodeInterest interest) throws Unanswerable {
        List<EndorserNode> able =
                peers.nodes().stream().filter(node -> canRun(node, interest)).toList();
        Map<String, List<EndorserNode>> byOrganization = byOrganization(able);
        Map<String, Integer> counts = new LinkedHashMap<>();
        byOrganization.forEach((mspId, nodes) -> counts.put(mspId, nodes.size()));
        List<Layout> layouts = planner.layouts(interest, counts, peers.homeMspId());
        if (layouts.isEmpty()) {
            throw new Unanswerable("no peer combination can satisfy the endorsement policy");
        }
        Map<String, String> groups = new TreeMap<>();
        layouts.forEach(layout -> layout.peers().keySet().forEach(mspId -> groups.put(mspId, "")));
        groups.replaceAll((mspId, none) -> "G" + List.copyOf(groups.keySet()).indexOf(mspId));
        EndorsementDescriptor.Builder descriptor = EndorsementDescriptor.newBuilder()
                .setChaincode(interest.getChaincodes(0).getName());
        groups.forEach((mspId, group) ->
                descriptor.putEndorsersByGroups(group, described(byOrganization.getOrDefault(mspId, List.of()))));
        for (Layout layout : layouts) {
            var quantities = org.hyperledger.fabric.protos.discovery.Layout.newBuilder();
            layout.peers()
                    .forEach((mspId, count) ->
                            quantities.putQuantitiesByGroup(groups.getOrDefault(mspId, mspId), count));
            descriptor.addLayouts(quantities);
        }
        return descriptor.build();
    }

    private boolean canRun(EndorserNode node, ChaincodeInterest interest) {
        return interest.getChaincodesList().stream().allMatch(call -> node.has(call.getName()) && mayRead(node, call));
    }

    private boolean mayRead(EndorserNode node, ChaincodeCall call) {
        if (call.getNoPrivateReads()) {
            return true;
        }
        return call.getCollectionNamesList().stream().allMatch(name -> {
            Optional<Collection> collection = ledger.collection(call.getName(), name);
            return collection.isPresent() && EndorsementPlanner.isMember(node.mspId(), collection.get());
        });
    }

    private static Map<String, List<EndorserNode>> byOrganization(List<EndorserNode> nodes) {
        return nodes.stream()
                .collect(Collectors.groupingBy(
                        EndorserNode::mspId, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private static Peers described(List<EndorserNode> nodes) {
        Peers.Builder all = Peers.newBuilder();
        nodes.forEach(node -> node.description().ifPresent(all::addPeers));
        return all.build();
    }
}
