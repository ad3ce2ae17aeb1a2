package io.clearmarket.network.embedded.peer.endorser;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeFailure;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeResult;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeSupport;
import io.clearmarket.network.embedded.peer.chaincode.Invocation;
import io.clearmarket.network.embedded.peer.privatedata.Dissemination;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import java.time.Clock;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** One peer's endorser: checks a proposal, runs its chaincode on this peer's own state, signs the outcome. */
public final class Endorser {
    private static final int PEER_FAILURE = 500;

    private final PeerLedger ledger;
    private final ChaincodeSupport chaincodes;
    private final SystemChaincodes systemChaincodes;
    private final Dissemination dissemination;
    private final ProposalChecks checks;
    private final PeerFaults faults;
    private final Endorsements endorsements;
    private final InterestBuilder interests;

    public Endorser(
            PeerLedger ledger,
            ChaincodeSupport chaincodes,
            SystemChaincodes systemChaincodes,
            Dissemination dissemination,
            SigningIdentity peer,
            PeerFaults faults) {
        this.faults = faults;
        this.ledger = ledger;
        this.chaincodes = chaincodes;
        this.systemChaincodes = systemChaincodes;
        this.dissemination = dissemination;
        this.checks = new ProposalChecks(ledger, Clock.systemUTC());
        this.endorsements = new Endorsements(peer);
        this.interests = new InterestBuilder(ledger);
    }

    /** True if proposals for this chaincode can be run here. */
    public boolean has(String chaincode) {
        return SystemChaincodes.isSystem(chaincode) || chaincodes.has(chaincode);
    }

    /** Fabric's ProcessProposal. Blocks until the chaincode has answered or its time is over. */
    public Outcome process(SignedProposal signed) {
        UnpackedProposal proposal;
        try {
            proposal = UnpackedProposal.of(signed);
        } catch (UnpackedProposal.Malformed e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()));
        }
        Optional<Outcome.Unanswered> filtered = checks.filtered(proposal);
        if (filtered.isPresent()) {
            return filtered.get();
        }
        if (!proposal.channel().equals(ledger.channel())) {
            return failed("channel '" + proposal.channel() + "' not found");
        }
        boolean system = SystemChaincodes.isSystem(proposal.chaincode());
        Optional<Outcome.Rejected> rejected = checks.rejected(proposal, system);
        if (rejected.isPresent()) {
            return rejected.get();
        }
        return system ? runSystem(proposal) : runChaincode(proposal);
    }

    private Outcome runSystem(UnpackedProposal proposal) {
        try (Simulator simulator = ledger.simulate(proposal.transactionId())) {
            Response response = systemChaincodes.invoke(
                    proposal.chaincode(),
                    proposal.input().getArgsList(),
                    ProposalChecks.signedData(proposal),
                    simulator);
            ChaincodeResult result = new ChaincodeResult(response, Optional.empty());
            return answer(proposal, result, LifecycleNamespace.VERSION, simulator);
        } catch (Dissemination.Failed e) {
            return failed("error in simulation: " + e.getMessage());
        }
    }

    private Outcome runChaincode(UnpackedProposal proposal) {
        Optional<PeerLedger.ChaincodeDefinition> definition = ledger.definition(proposal.chaincode());
        if (definition.isEmpty()) {
            return failed(
                    "make sure the chaincode " + proposal.chaincode() + " has been successfully defined on channel "
                            + proposal.channel() + " and try again: chaincode " + proposal.chaincode() + " not found");
        }
        try (Simulator simulator = ledger.simulate(proposal.transactionId())) {
            ChaincodeResult result = execute(new Invocation(
                    proposal.channel(),
                    proposal.transactionId(),
                    proposal.chaincode(),
                    proposal.input(),
                    proposal.signed(),
                    simulator));
            return answer(proposal, result, definition.get().version(), simulator);
        } catch (Dissemination.Failed e) {
            return failed("error in simulation: " + e.getMessage());
        } catch (ChaincodeFailure e) {
            return failed("error in simulation: failed to execute transaction " + proposal.transactionId() + ": "
                    + e.getMessage());
        }
    }

    private ChaincodeResult execute(Invocation invocation) throws ChaincodeFailure {
        ChaincodeResult result = chaincodes.execute(invocation);
        if (!faults.endorsementsDiffer()) {
            return result;
        }
        Response other = result.response().toBuilder()
                .setMessage(result.response().getMessage() + " (differs on demand)")
                .build();
        return new ChaincodeResult(other, result.event());
    }

    private Outcome answer(UnpackedProposal proposal, ChaincodeResult result, String version, Simulator simulator)
            throws Dissemination.Failed {
        TxReadWriteSet rwset = simulator.results();
        dissemination.disseminate(proposal.transactionId(), simulator.privateResults());
        int status = result.response().getStatus();
        ProposalResponse.Builder response =
                ProposalResponse.newBuilder().setVersion(1).setResponse(result.response());
        if (status >= 400 && status < 500) {
            return new Outcome.Answered(response.build());
        }
        var payload = endorsements.payload(proposal, result, version, rwset);
        response.setPayload(payload);
        if (status < 400) {
            response.setEndorsement(endorsements.endorse(payload));
            response.setInterest(interests.of(simulator, proposal));
        }
        return new Outcome.Answered(response.build());
    }

    private static Outcome failed(String message) {
        return new Outcome.Answered(ProposalResponse.newBuilder()
                .setResponse(Response.newBuilder().setStatus(PEER_FAILURE).setMessage(message))
                .build());
    }
}
