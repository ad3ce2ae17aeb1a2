package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Context;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
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
                .setPreparedTransaction(TransactionAssembler.assemble(target, collected))
                .build();
    }

    /** The caller answers for the policy: one peer of each organisation named. */
    private EndorsementCollection fromNamed(List<String> mspIds, ProposalTarget target, SignedProposal proposal) {
        List<String> missing = new ArrayList<>();
        List<EndorserNode> nodes = new ArrayList<>();
        for (String mspId : mspIds) {
            Optional<EndorserNode> node =
                    onChannel(target) ? endorsers.of(mspId, target.chaincode()) : Optional.empty();
            node.ifPresentOrElse(nodes::add, () -> missing.add(mspId));
        }
        if (!missing.isEmpty()) {
            throw Failures.of(
                    Status.Code.UNAVAILABLE,
                    "failed to find any endorsing peers for org(s): " + String.join(", ", missing));
        }
        EndorsementCollection collection = new EndorsementCollection();
        collectFrom(nodes, proposal, collection);
        return collection.requireComplete();
    }

    /** The first endorsement says which policies are concerned; then the others are asked together. */
    private EndorsementCollection fromPolicy(ProposalTarget target, SignedProposal proposal) {
        EndorserNode first = first(target);
        EndorsementCollection collection = new EndorsementCollection();
        ProposalResponse response = switch (Verdict.of(first.process(proposal))) {
            case Verdict.Endorsed endorsed -> endorsed.response();
            case Verdict.Failed failed ->
                throw Failures.of(
                        Status.Code.ABORTED,
                        "failed to endorse transaction, see attached details for more info",
                        List.of(Failures.detail(first.address(), first.mspId(), failed.message())));
        };
        collection.add(first, response);
        if (SystemChaincodes.isSystem(target.chaincode())) {
            return collection;
        }
        ChaincodeInterest interest = response.getInterest().getChaincodesCount() > 0
                ? response.getInterest()
                : interestIn(target.chaincode());
        return complete(collection, first, interest, proposal);
    }

    private EndorsementCollection complete(
            EndorsementCollection collection, EndorserNode first, ChaincodeInterest interest, SignedProposal proposal) {
        List<Set<String>> layouts = planner.layouts(interest, first.mspId());
        if (layouts.isEmpty()) {
            throw noPlan("no peer combination can satisfy the endorsement policy");
        }
        List<Set<String>> possible = layouts.stream()
                .filter(layout -> layout.stream()
                        .allMatch(mspId -> interest.getChaincodesList().stream()
                                .allMatch(call ->
                                        endorsers.of(mspId, call.getName()).isPresent())))
                .toList();
        if (possible.isEmpty()) {
            throw noPlan("required chaincodes are not installed on sufficient peers");
        }
        for (Set<String> layout : possible) {
            if (collection.failedAny(layout)) {
                continue;
            }
            List<EndorserNode> missing = endorsers.nodes().stream()
                    .filter(node -> layout.contains(node.mspId()) && !collection.tried(node))
                    .toList();
            collectFrom(missing, proposal, collection);
            if (collection.covers(layout)) {
                return collection.limitedTo(layout);
            }
        }
        throw collection.incomplete();
    }

    private EndorserNode first(ProposalTarget target) {
        Optional<EndorserNode> home =
                onChannel(target) ? endorsers.of(endorsers.homeMspId(), target.chaincode()) : Optional.empty();
        if (home.isPresent()) {
            return home.get();
        }
        if (target.hasTransientData()) {
            throw Failures.of(
                    Status.Code.FAILED_PRECONDITION,
                    "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to"
                            + " protect transient data");
        }
        List<EndorserNode> others = onChannel(target) ? endorsers.running(target.chaincode()) : List.of();
        if (others.isEmpty()) {
            throw noPlan(
                    "No metadata was found for chaincode " + target.chaincode() + " in channel " + target.channel());
        }
        return others.getFirst();
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
