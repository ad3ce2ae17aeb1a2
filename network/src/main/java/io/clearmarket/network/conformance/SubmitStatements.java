package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.status;
import static io.clearmarket.network.conformance.Expect.thrown;

import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.Commit;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;

/** Statements 14 to 22: submitting, waiting for the commit, and what leaves no trace. */
final class SubmitStatements {
    private static final String FORBIDDEN =
            "received unsuccessful response from orderer: status=FORBIDDEN, info=implicit policy evaluation failed - 0"
                    + " sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be"
                    + " satisfied: permission denied";

    private SubmitStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "14",
                        "A wrong envelope signature is FORBIDDEN at submit, and nothing is ordered",
                        SubmitStatements::wrongEnvelopeSignature),
                Statement.of(
                        "15",
                        "Submit returns before the commit; its status then names a block and a code",
                        SubmitStatements::submitThenStatus),
                Statement.of(
                        "16",
                        "The status of an id that never comes waits until the client's deadline",
                        SubmitStatements::unknownId),
                Statement.of(
                        "17", "Status asked before and after the commit is the same", SubmitStatements::statusTwice),
                Statement.of(
                                "18",
                                "Without an orderer submit is UNAVAILABLE, with its address in the detail",
                                SubmitStatements::noOrderer)
                        .needing(Capability.STOP_ORDERER),
                Statement.of(
                        "19",
                        "A signed proposal is evaluated twice; after its commit it is a duplicate",
                        SubmitStatements::duplicateProposal),
                Statement.of(
                                "20",
                                "Transient data reaches the chaincode and not the block; the proposal hash holds",
                                SubmitStatements::transientData)
                        .inAllLanguages(),
                Statement.of(
                        "21", "A transaction above AbsoluteMaxBytes is refused at submit", SubmitStatements::tooLarge),
                Statement.of(
                                "22",
                                "Evaluate changes no state and leaves no block",
                                SubmitStatements::evaluateLeavesNothing)
                        .inAllLanguages());
    }

    private static void wrongEnvelopeSignature(Rig rig) throws Exception {
        String key = rig.key();
        Transaction endorsed = rig.client().endorse("put", key, "x");
        PreparedTransaction prepared = PreparedTransaction.parseFrom(endorsed.getBytes());
        Transaction noise = rig.client()
                .gateway()
                .newSignedTransaction(prepared.toByteArray(), "noise".getBytes(StandardCharsets.UTF_8));
        status(Status.Code.ABORTED, FORBIDDEN, thrown(SubmitException.class, noise::submitAsync));
        Client other = rig.on(
                NetworkPlan.MARKET,
                rig.issue(
                        NetworkPlan.MARKET,
                        io.clearmarket.wallet.ca.CertificateRequest.of(
                                "User2", io.clearmarket.wallet.ca.NodeOu.CLIENT)));
        Transaction others = other.gateway().newTransaction(prepared.toByteArray());
        status(Status.Code.ABORTED, FORBIDDEN, thrown(SubmitException.class, others::submitAsync));
        rig.submit("put", rig.key(), "x");
        equal("what was written", "0", rig.evaluate("length", key));
    }

    private static void submitThenStatus(Rig rig) throws Exception {
        SubmittedTransaction submitted =
                rig.client().endorse("put", rig.key(), "x").submitAsync();
        org.hyperledger.fabric.client.Status status = submitted.getStatus();
        holds("block number", status.getBlockNumber() >= 1, status.getBlockNumber());
        equal("code", "VALID", status.getCode().name());
    }

    private static void unknownId(Rig rig) {
        Commit never = Requests.commitStatus(rig.client(), NetworkPlan.CHANNEL, "ab".repeat(32));
        long began = System.nanoTime();
        CommitStatusException e = thrown(
                CommitStatusException.class,
                () -> never.getStatus(options -> options.withDeadlineAfter(1, TimeUnit.SECONDS)));
        equal("code", Status.Code.DEADLINE_EXCEEDED, e.getStatus().getCode());
        equal("details", 0, e.getDetails().size());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        holds("waited for the deadline of a second", millis >= 900, millis + " ms");
    }

    private static void statusTwice(Rig rig) throws Exception {
        SubmittedTransaction submitted =
                rig.client().endorse("put", rig.key(), "x").submitAsync();
        org.hyperledger.fabric.client.Status before = submitted.getStatus();
        org.hyperledger.fabric.client.Status after = submitted.getStatus();
        equal("block", before.getBlockNumber(), after.getBlockNumber());
        equal("code", before.getCode(), after.getCode());
    }

    private static void noOrderer(Rig rig) throws Exception {
        Transaction endorsed = rig.client().endorse("put", rig.key(), "x");
        rig.network().stopOrderer();
        try {
            SubmitException e = thrown(SubmitException.class, endorsed::submitAsync);
            status(Status.Code.UNAVAILABLE, "no orderers could successfully process transaction", e);
            holds("a detail per orderer", !e.getDetails().isEmpty(), e.getDetails());
            equal(
                    "orderer's address",
                    rig.network().ordererAddress(),
                    e.getDetails().getFirst().getAddress());
            equal(
                    "orderer's MSP id",
                    NetworkPlan.ORDERER,
                    e.getDetails().getFirst().getMspId());
        } finally {
            rig.network().startOrderer();
        }
        equal(
                "code afterwards",
                "VALID",
                endorsed.submitAsync().getStatus().getCode().name());
    }

    private static void duplicateProposal(Rig rig) throws Exception {
        Proposal proposal = rig.client().propose("put", rig.key(), "x");
        proposal.evaluate();
        proposal.evaluate();
        Transaction endorsed = proposal.endorse();
        endorsed.submit();
        String duplicate = "duplicate transaction found [" + proposal.getTransactionId() + "]. Creator [";
        GatewayException evaluate = thrown(GatewayException.class, proposal::evaluate);
        equal("code", Status.Code.FAILED_PRECONDITION, evaluate.getStatus().getCode());
        contains("description", duplicate, evaluate.getStatus().getDescription());
        EndorseException endorse = thrown(EndorseException.class, proposal::endorse);
        equal("code", Status.Code.ABORTED, endorse.getStatus().getCode());
        contains("detail", duplicate, endorse.getDetails().getFirst().getMessage());
    }

    private static void transientData(Rig rig) throws Exception {
        SubmittedTransaction submitted = rig.client()
                .contract()
                .newProposal("transientValue")
                .addArguments("secret")
                .putTransient("secret", "not for the block")
                .build()
                .endorse()
                .submitAsync();
        equal("result", "not for the block", new String(submitted.getResult(), StandardCharsets.UTF_8));
        TransactionView view = rig.committed(submitted.getStatus());
        ChaincodeProposalPayload proposal =
                ChaincodeProposalPayload.parseFrom(view.action().getChaincodeProposalPayload());
        equal("transient entries in the block", 0, proposal.getTransientMapCount());
        equal("proposal hash", Endorsing.proposalHash(view), view.response().getProposalHash());
    }

    private static void tooLarge(Rig rig) throws Exception {
        Transaction large = rig.client().endorse("put", rig.key(), "x".repeat(1_100_000));
        SubmitException e = thrown(SubmitException.class, large::submitAsync);
        equal("code", Status.Code.ABORTED, e.getStatus().getCode());
        String description = String.valueOf(e.getStatus().getDescription());
        holds(
                "description",
                description.matches("received unsuccessful response from orderer: status=BAD_REQUEST, info=message"
                        + " payload is \\d+ bytes and exceeds maximum allowed 1048576 bytes"),
                description);
    }

    private static void evaluateLeavesNothing(Rig rig) throws Exception {
        String key = rig.key();
        long height = rig.client().height();
        rig.evaluate("put", key, "x");
        equal("length", "0", rig.evaluate("length", key));
        org.hyperledger.fabric.client.Status next =
                rig.client().endorse("put", rig.key(), "x").submitAsync().getStatus();
        equal("next block", height, next.getBlockNumber());
        Block block = rig.client().block(next.getBlockNumber());
        equal("transactions in it", 1, block.getData().getDataCount());
    }
}
