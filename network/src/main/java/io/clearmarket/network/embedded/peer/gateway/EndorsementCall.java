package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import io.clearmarket.network.embedded.server.Failures;
import io.clearmarket.network.transaction.EndorsedEnvelope;
import io.grpc.Context;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** Gateway.Endorse: collects endorsements until every policy concerned is satisfied (fabric-protocol 1.4). */
final class EndorsementCall {
    private static final Executor THREADS = task ->
            Thread.ofVirtual().name("endorse-", 0).start(Context.current().wrap(task));

    private final EndorserDirectory endorsers;
    private final EndorsementPlanner planner;

    EndorsementCall(EndorserDirectory endorsers, EndorsementPlanner planner) {
        this.endorsers = endorsers;
        this.planner = planner;
    }

    EndorseResponse endorse(EndorseRequest request) {
        SignedProposal proposal = request.getProposedTransaction();
        if (proposal.getProposalBytes().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "the proposed transaction must contain a signed proposal");
        }
        ProposalTarget target;
        try {
            target = ProposalTarget.of(proposal);
        } catch (InvalidProtocolBufferException e) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "error unmarshalling proposal: " + e.getMessage());
        }
        EndorsementCollection collected = request.getEndorsingOrganizationsCount() > 0
                ? fromNamed(request.getEndorsingOrganizationsList(), target, proposal)
                : fromPolicy(target, proposal);
        return EndorseResponse.newBuilder()
                .setPreparedTransaction(EndorsedEnvelope.of(
                        target.header(), target.payload(), collected.payload(), collected.endorsements()))
                .build();
    }

    /** The caller answers for the policy: one peer of each organisation named, another one if it fails. */
    private EndorsementCollection fromNamed(List<String> mspIds, ProposalTarget target, SignedProposal proposal) {
        List<EndorserNode> nodes = onChannel(target) ? endorsers.running(target.chaincode()) : List.of();
        Layout layout = new Layout(Map.of());
        List<String> missing = new ArrayList<>();
        for (String mspId : new LinkedHashSet<>(mspIds)) {
            layout = layout.and(mspId);
            if (nodes.stream().noneMatch(node -> node.mspId().equals(mspId))) {
                missing.add(mspId);
            }
        }
        if (!missing.isEmpty()) {
            throw Failures.of(
                    Status.Code.UNAVAILABLE,
                    "failed to find any endorsing peers for org(s): " + String.join(", ", missing));
        }
        EndorsementCollection collection = new EndorsementCollection();
        if (!complete(collection, layout, nodes, proposal)) {
            throw collection.incomplete();
        }
        return collection;
    }

    /** The first endorsement says which policies are concerned; then the others are asked together. */
    private EndorsementCollection fromPolicy(ProposalTarget target, SignedProposal proposal) {
        EndorsementCollection collection = new EndorsementCollection();
        First first = first(target, proposal);
        collection.add(first.node(), first.response());
        if (SystemChaincodes.isSystem(target.chaincode())) {
            return collection;
        }
        ChaincodeInterest interest = first.response().getInterest().getChaincodesCount() > 0
                ? first.response().getInterest()
                : interestIn(target.chaincode());
        List<EndorserNode> candidates = endorsers.nodes().stream()
                .filter(node -> interest.getChaincodesList().stream().allMatch(call -> node.has(call.getName())))
                .toList();
        for (Layout layout : plan(interest, target, candidates, first.node().mspId())) {
            if (complete(collection, layout, candidates, proposal)) {
                return collection.limitedTo(layout);
            }
        }
        throw collection.incomplete();
    }

    private List<Layout> plan(
            ChaincodeInterest interest, ProposalTarget target, List<EndorserNode> candidates, String preferred) {
        ChaincodeInterest cautious = target.hasTransientData() ? membersOnly(interest) : interest;
        List<Layout> layouts = planner.layouts(cautious, counts(candidates), preferred);
        if (!layouts.isEmpty()) {
            return layouts;
        }
        if (!cautious.equals(interest)
                && !planner.layouts(interest, counts(candidates), preferred).isEmpty()) {
            List<String> guarded = interest.getChaincodesList().stream()
                    .filter(ChaincodeCall::getNoPrivateReads)
                    .flatMap(call -> call.getCollectionNamesList().stream())
                    .toList();
            throw Failures.of(
                    Status.Code.FAILED_PRECONDITION,
                    "requires endorsement from organisation(s) that are not in the distribution policy of the private data"
                            + " collection(s): [" + String.join(" ", guarded)
                            + "]; retry specifying trusted endorsing organizations to protect transient data");
        }
        throw noPlan(
                planner.layouts(cautious, counts(endorsers.nodes()), preferred).isEmpty()
                        ? "no peer combination can satisfy the endorsement policy"
                        : "required chaincodes are not installed on sufficient peers");
    }

    /** Transient data may go to members of the written collections only, as if their values had been read. */
    private static ChaincodeInterest membersOnly(ChaincodeInterest interest) {
        ChaincodeInterest.Builder cautious = interest.toBuilder();
        cautious.getChaincodesBuilderList().forEach(call -> call.setNoPrivateReads(false));
        return cautious.build();
    }

    private static Map<String, Integer> counts(List<EndorserNode> nodes) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        nodes.forEach(node -> counts.merge(node.mspId(), 1, Integer::sum));
        return counts;
    }

    /** Asks until the layout is complete; a peer that fails is replaced by another of its organisation, if there is one. */
    private static boolean complete(
            EndorsementCollection collection, Layout layout, List<EndorserNode> candidates, SignedProposal proposal) {
        Optional<List<EndorserNode>> missing = collection.missing(layout, candidates);
        while (missing.isPresent() && !missing.get().isEmpty()) {
            collectFrom(missing.get(), proposal, collection);
            missing = collection.missing(layout, candidates);
        }
        return missing.isPresent();
    }

    private record First(EndorserNode node, ProposalResponse response) {}

    /** A peer of the gateway's organisation, else of any; the next of the same organisation if one fails. */
    private First first(ProposalTarget target, SignedProposal proposal) {
        List<EndorserNode> running = onChannel(target) ? endorsers.running(target.chaincode()) : List.of();
        List<EndorserNode> group = running.stream()
                .filter(node -> node.mspId().equals(endorsers.homeMspId()))
                .toList();
        if (group.isEmpty() && target.hasTransientData()) {
            throw Failures.of(
                    Status.Code.FAILED_PRECONDITION,
                    "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to"
                            + " protect transient data");
        }
        if (running.isEmpty()) {
            throw noPlan(
                    "No metadata was found for chaincode " + target.chaincode() + " in channel " + target.channel());
        }
        if (group.isEmpty()) {
            String mspId = running.getFirst().mspId();
            group = running.stream().filter(node -> node.mspId().equals(mspId)).toList();
        }
        List<ErrorDetail> failures = new ArrayList<>();
        for (EndorserNode node : group) {
            switch (Verdict.of(node.process(proposal))) {
                case Verdict.Endorsed endorsed -> {
                    return new First(node, endorsed.response());
                }
                case Verdict.Failed failed ->
                    failures.add(Failures.detail(node.address(), node.mspId(), failed.message()));
            }
        }
        throw Failures.of(
                Status.Code.ABORTED, "failed to endorse transaction, see attached details for more info", failures);
    }

    private static void collectFrom(
            List<EndorserNode> nodes, SignedProposal proposal, EndorsementCollection collection) {
        if (nodes.size() == 1) {
            collection.add(nodes.getFirst(), Verdict.of(nodes.getFirst().process(proposal)));
            return;
        }
        List<CompletableFuture<Verdict>> verdicts = nodes.stream()
                .map(node -> CompletableFuture.supplyAsync(() -> Verdict.of(node.process(proposal)), THREADS))
                .toList();
        for (int i = 0; i < nodes.size(); i++) {
            collection.add(nodes.get(i), verdicts.get(i).join());
        }
    }

    private boolean onChannel(ProposalTarget target) {
        return target.channel().equals(endorsers.channel());
    }

    private static ChaincodeInterest interestIn(String chaincode) {
        return ChaincodeInterest.newBuilder()
                .addChaincodes(ChaincodeCall.newBuilder().setName(chaincode))
                .build();
    }

    private static RuntimeException noPlan(String reason) {
        return Failures.of(
                Status.Code.FAILED_PRECONDITION,
                "no combination of peers can be derived which satisfy the endorsement policy: " + reason);
    }
}
