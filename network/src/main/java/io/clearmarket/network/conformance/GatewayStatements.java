package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.onlyDetail;
import static io.clearmarket.network.conformance.Expect.status;
import static io.clearmarket.network.conformance.Expect.thrown;

import io.clearmarket.wallet.p256.P256;
import io.grpc.Status;
import java.security.PrivateKey;
import java.util.List;
import java.util.NoSuchElementException;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Network;

/** Statements 1 to 13: evaluating and endorsing, and how their failures look. */
final class GatewayStatements {
    private static final String SEE_DETAILS = ", see attached details for more info";
    static final String ENDORSE_FAILED = "failed to endorse transaction" + SEE_DETAILS;
    static final String EVALUATE_FAILED = "failed to evaluate transaction" + SEE_DETAILS;
    private static final String NOT_ENOUGH = "failed to collect enough transaction endorsements" + SEE_DETAILS;

    private GatewayStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                                "1",
                                "A chaincode's 500 with a payload makes evaluate throw UNKNOWN with its message; the payload is nowhere",
                                GatewayStatements::evaluateOfError)
                        .inAllLanguages(),
                Statement.of(
                                "2",
                                "The same makes endorse throw ABORTED, generic; the message is in the only detail",
                                GatewayStatements::endorseOfError)
                        .inAllLanguages(),
                Statement.of(
                        "3",
                        "A shim's ERROR message is ABORTED in evaluate, with 'transaction returned with failure' in the detail",
                        GatewayStatements::shimError),
                Statement.of(
                        "4",
                        "Status 400 is an error for evaluate and endorse, 399 is endorsed",
                        GatewayStatements::statusBorder),
                Statement.of(
                        "5",
                        "An unknown channel is UNAVAILABLE, FAILED_PRECONDITION, PERMISSION_DENIED or NOT_FOUND, by call",
                        GatewayStatements::unknownChannel),
                Statement.of(
                        "6",
                        "Evaluate of an unknown chaincode is FAILED_PRECONDITION, no peers available",
                        GatewayStatements::unknownChaincode),
                Statement.of(
                        "7",
                        "A signature by another key: FAILED_PRECONDITION in evaluate, ABORTED in endorse, access denied by organisation",
                        GatewayStatements::anotherKey),
                Statement.of(
                        "10",
                        "One named organisation endorses enough to order and too little to be valid",
                        GatewayStatements::oneOrganisation),
                Statement.of(
                        "11",
                        "Endorse naming an organisation without peers is UNAVAILABLE",
                        GatewayStatements::organisationWithoutPeers),
                Statement.of(
                                "12",
                                "A random result is ABORTED, with 'do not match' from the second endorser",
                                GatewayStatements::randomResult)
                        .inAllLanguages(),
                Statement.of(
                        "13", "Response messages that differ do not match either", GatewayStatements::randomMessage));
    }

    private static String[] boom(Rig rig) {
        return rig.variant() == Variant.BARE
                ? new String[] {"500", "boom", "hidden payload"}
                : new String[] {"boom", "hidden payload"};
    }

    private static Contract contract(Rig rig) {
        return rig.client().contract();
    }

    private static String failing(Rig rig) {
        return rig.variant() == Variant.BARE ? "answer" : "fail";
    }

    private static void evaluateOfError(Rig rig) {
        GatewayException e =
                thrown(GatewayException.class, () -> contract(rig).evaluateTransaction(failing(rig), boom(rig)));
        status(Status.Code.UNKNOWN, "evaluate call to endorser returned error: chaincode response 500, boom", e);
        equal("detail", "chaincode response 500, boom", onlyDetail(rig.market(), e));
        holds("no payload", !e.toString().contains("hidden"), e);
    }

    private static void endorseOfError(Rig rig) {
        EndorseException e =
                thrown(EndorseException.class, () -> contract(rig).submitTransaction(failing(rig), boom(rig)));
        status(Status.Code.ABORTED, ENDORSE_FAILED, e);
        equal("detail", "chaincode response 500, boom", onlyDetail(rig.market(), e));
        equal("length of the transaction id", 64, e.getTransactionId().length());
    }

    private static void shimError(Rig rig) {
        GatewayException e = thrown(GatewayException.class, () -> rig.evaluate("crash", "bang"));
        status(Status.Code.ABORTED, EVALUATE_FAILED, e);
        equal("details, one per tried peer", 2, e.getDetails().size());
        contains(
                "first detail",
                ": transaction returned with failure: ",
                e.getDetails().getFirst().getMessage());
    }

    private static void statusBorder(Rig rig) throws Exception {
        GatewayException evaluate = thrown(GatewayException.class, () -> rig.evaluate("answer", "400", "no", ""));
        status(Status.Code.UNKNOWN, "evaluate call to endorser returned error: chaincode response 400, no", evaluate);
        EndorseException endorse = thrown(EndorseException.class, () -> rig.submit("answer", "400", "no", ""));
        status(Status.Code.ABORTED, ENDORSE_FAILED, endorse);
        rig.stub().when("399", call -> call.complete(399, "just below"));
        equal(
                "result of status 399",
                "just below",
                new String(
                        rig.calling("stub").propose("399").endorse().getResult(),
                        java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void unknownChannel(Rig rig) throws Exception {
        Network nowhere = rig.client().gateway().getNetwork("nochannel");
        Contract contract = nowhere.getContract(rig.chaincode());
        status(
                Status.Code.UNAVAILABLE,
                "failed to get config for channel [nochannel]: could not get last config for channel nochannel",
                thrown(GatewayException.class, () -> contract.evaluateTransaction("length", "a")));
        status(
                Status.Code.FAILED_PRECONDITION,
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for"
                        + " chaincode " + rig.chaincode() + " in channel nochannel",
                thrown(EndorseException.class, () -> contract.submitTransaction("put", "a", "b")));
        try (var events = nowhere.getChaincodeEvents(rig.chaincode(), Events::soon)) {
            GatewayRuntimeException e = thrown(GatewayRuntimeException.class, events::next);
            equal(
                    "chaincode events",
                    Status.Code.PERMISSION_DENIED,
                    e.getStatus().getCode());
        }
        status(
                Status.Code.PERMISSION_DENIED,
                "Failed to get policy manager for channel [nochannel]",
                thrown(
                        CommitStatusException.class,
                        () -> Requests.commitStatus(rig.client(), "nochannel", "ab".repeat(32))
                                .getStatus()));
        try (var blocks = nowhere.getBlockEvents(Events::soon)) {
            NoSuchElementException e = thrown(NoSuchElementException.class, blocks::next);
            equal("block events", "Unexpected status response: NOT_FOUND", e.getMessage());
        }
    }

    private static void unknownChaincode(Rig rig) {
        Contract nosuch = rig.client().contract("nosuch");
        status(
                Status.Code.FAILED_PRECONDITION,
                "no peers available to evaluate chaincode nosuch in channel market",
                thrown(GatewayException.class, () -> nosuch.evaluateTransaction("get", "a")));
        status(
                Status.Code.FAILED_PRECONDITION,
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for"
                        + " chaincode nosuch in channel market",
                thrown(EndorseException.class, () -> nosuch.submitTransaction("put", "a", "b")));
    }

    private static void anotherKey(Rig rig) {
        PrivateKey other = P256.generate().getPrivate();
        Client thief = new Client(
                rig.connection(NetworkPlan.MARKET),
                rig.client().identity(),
                message -> P256.sign(other, message),
                rig.chaincode());
        String denied = "error validating proposal: access denied: channel [market] creator org [MarketMSP]";
        status(
                Status.Code.FAILED_PRECONDITION,
                "evaluate call to endorser returned error: " + denied,
                thrown(GatewayException.class, () -> thief.evaluate("length", "a")));
        EndorseException e = thrown(EndorseException.class, () -> thief.submit("put", "a", "b"));
        status(Status.Code.ABORTED, ENDORSE_FAILED, e);
        equal("detail", denied, onlyDetail(rig.market(), e));
    }

    private static void oneOrganisation(Rig rig) throws Exception {
        String key = rig.key();
        for (String mspId : NetworkPlan.MSP_IDS) {
            org.hyperledger.fabric.client.Transaction endorsed =
                    rig.client().endorseBy(new String[] {mspId}, "put", key, "x");
            org.hyperledger.fabric.client.CommitException e =
                    thrown(org.hyperledger.fabric.client.CommitException.class, endorsed::submit);
            equal("code", "ENDORSEMENT_POLICY_FAILURE", e.getCode().name());
            equal(
                    "message",
                    "Commit of transaction " + e.getTransactionId()
                            + " failed with status code 10 (ENDORSEMENT_POLICY_FAILURE)",
                    e.getMessage());
        }
        equal("what was written", "0", rig.evaluate("length", key));
    }

    private static void organisationWithoutPeers(Rig rig) {
        EndorseException e = thrown(
                EndorseException.class,
                () -> rig.client().endorseBy(new String[] {"NobodyMSP"}, "put", rig.key(), "x"));
        status(Status.Code.UNAVAILABLE, "failed to find any endorsing peers for org(s): NobodyMSP", e);
    }

    private static void mismatch(Rig rig, String function) {
        EndorseException e = thrown(EndorseException.class, () -> contract(rig).submitTransaction(function, rig.key()));
        status(Status.Code.ABORTED, NOT_ENOUGH, e);
        equal("detail", "ProposalResponsePayloads do not match", onlyDetail(rig.audit(), e));
    }

    private static void randomResult(Rig rig) {
        mismatch(rig, "random");
        mismatch(rig, "randomAnswer");
    }

    private static void randomMessage(Rig rig) {
        mismatch(rig, "randomMessage");
    }
}
