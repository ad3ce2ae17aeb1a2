package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.status;
import static io.clearmarket.network.conformance.Expect.thrown;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;

/** Observed facts and texts that neither the numbered statements nor the recorded answers hold. */
final class FactStatements {
    private static final int MOST_ATTEMPTS = 90;

    private FactStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                                "F1",
                                "With the other organisation's peer down no combination of peers satisfies the policy",
                                FactStatements::otherPeerDown)
                        .needing(Capability.STOP_PEER),
                Statement.of(
                        "F2",
                        "A chaincode server under a wrong package id is no error: the call waits for the client's deadline",
                        FactStatements::wrongPackageId),
                Statement.of(
                        "F3",
                        "A client's clock may be off by 15 minutes, either way, and no more",
                        FactStatements::clockWindow),
                Statement.of(
                        "F4", "qscc and _lifecycle say in Fabric's words what is wrong", FactStatements::systemTexts),
                Statement.of(
                        "F5",
                        "A channel's definition of a chaincode says sequence, version, plug-ins and approvals",
                        FactStatements::definition));
    }

    private static void otherPeerDown(Rig rig) throws Exception {
        rig.network().stopPeer(NetworkPlan.AUDIT);
        try {
            EndorseException e = refusedWithoutAudit(rig);
            equal("code", Status.Code.FAILED_PRECONDITION, e.getStatus().getCode());
            contains(
                    "description",
                    "no combination of peers can be derived which satisfy the endorsement policy",
                    e.getStatus().getDescription());
            equal("evaluate", "0", rig.evaluate("length", rig.key()));
        } finally {
            rig.network().startPeer(NetworkPlan.AUDIT);
        }
        rig.submit("put", rig.key(), "x");
    }

    /** Until peers have heard of it, a call to the one that is gone fails; they do after some 25 s at the latest. */
    private static EndorseException refusedWithoutAudit(Rig rig) throws Exception {
        for (int attempt = 1; ; attempt++) {
            EndorseException e = thrown(
                    EndorseException.class, () -> rig.client().contract().submitTransaction("put", rig.key(), "x"));
            if (e.getStatus().getCode() != Status.Code.ABORTED || attempt == MOST_ATTEMPTS) {
                return e;
            }
            Thread.sleep(1_000);
        }
    }

    private static void wrongPackageId(Rig rig) throws Exception {
        String right = rig.stub().packageId();
        rig.stub().when("hello", call -> call.complete(200, "hello"));
        rig.stub().kill();
        rig.stub().serve("wrong:" + "0".repeat(64));
        try {
            EndorseException e = thrown(
                    EndorseException.class,
                    () -> rig.calling("stub")
                            .propose("hello")
                            .endorse(options -> options.withDeadlineAfter(1, TimeUnit.SECONDS)));
            equal("code", Status.Code.DEADLINE_EXCEEDED, e.getStatus().getCode());
        } finally {
            rig.stub().kill();
            rig.stub().serve(right);
        }
        equal(
                "under the right one",
                "hello",
                new String(rig.calling("stub").propose("hello").endorse().getResult(), UTF_8));
    }

    private static void clockWindow(Rig rig) throws Exception {
        for (int minutes : new int[] {-14, 14}) {
            IdentityScript.at(rig, "put", Duration.ofMinutes(minutes)).endorse();
        }
        for (int minutes : new int[] {-16, 16}) {
            EndorseException e = thrown(
                    EndorseException.class,
                    () -> IdentityScript.at(rig, "put", Duration.ofMinutes(minutes))
                            .endorse());
            contains(
                    "detail at " + minutes + " minutes",
                    "request unauthorized due to incorrect timestamp",
                    e.getDetails().getFirst().getMessage());
        }
    }

    private static void failsWith(Contract contract, String text, String function, String... arguments) {
        status(
                Status.Code.UNKNOWN,
                "evaluate call to endorser returned error: chaincode response " + text,
                thrown(GatewayException.class, () -> contract.evaluateTransaction(function, arguments)));
    }

    private static void systemTexts(Rig rig) {
        Contract qscc = rig.client().contract("qscc");
        failsWith(qscc, "500, Incorrect number of arguments, 1", "GetChainInfo");
        failsWith(qscc, "500, missing 3rd argument for GetBlockByNumber", "GetBlockByNumber", NetworkPlan.CHANNEL);
        failsWith(qscc, "500, Invalid chain ID, nochannel", "GetChainInfo", "nochannel");
        failsWith(
                qscc,
                "500, access denied for [Nonsense][market]: [Unmapped policy for qscc/Nonsense]",
                "Nonsense",
                NetworkPlan.CHANNEL,
                "x");
        String absent = "ab".repeat(32);
        failsWith(
                qscc,
                "500, Failed to get transaction with id " + absent + ", error no such transaction ID [" + absent
                        + "] in index",
                "GetTransactionByID",
                NetworkPlan.CHANNEL,
                absent);
        byte[] nosuch = QueryChaincodeDefinitionArgs.newBuilder()
                .setName("nosuch")
                .build()
                .toByteArray();
        Contract lifecycle = rig.client().contract("_lifecycle");
        status(
                Status.Code.UNKNOWN,
                "evaluate call to endorser returned error: chaincode response 404, namespace nosuch is not defined",
                thrown(
                        GatewayException.class,
                        () -> lifecycle.evaluateTransaction("QueryChaincodeDefinition", nosuch)));
    }

    private static void definition(Rig rig) throws Exception {
        byte[] asked = QueryChaincodeDefinitionArgs.newBuilder()
                .setName(rig.chaincode())
                .build()
                .toByteArray();
        QueryChaincodeDefinitionResult found = QueryChaincodeDefinitionResult.parseFrom(
                rig.client().contract("_lifecycle").evaluateTransaction("QueryChaincodeDefinition", asked));
        equal("sequence", 1L, found.getSequence());
        equal("version", "1", found.getVersion());
        equal("endorsement plug-in", "escc", found.getEndorsementPlugin());
        equal("validation plug-in", "vscc", found.getValidationPlugin());
        equal("no validation parameter", false, found.getValidationParameter().equals(ByteString.EMPTY));
        NetworkPlan.MSP_IDS.forEach(mspId ->
                equal("approved by " + mspId, true, found.getApprovalsMap().get(mspId)));
    }
}
