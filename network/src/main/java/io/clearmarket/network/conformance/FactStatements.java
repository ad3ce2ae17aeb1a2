package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.status;
import static io.clearmarket.network.conformance.Expect.thrown;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.transaction.LifecycleArguments;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;

/** Observed facts and texts that neither the numbered statements nor the recorded answers hold. */
final class FactStatements {
    private static final int MOST_ATTEMPTS = 90;
    private static final int WRITERS = 32;
    private static final Duration MOST_LOAD = Duration.ofSeconds(60);

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
                        FactStatements::definition),
                Statement.of("F6", "A new definition cannot drop a collection", FactStatements::droppedCollection)
                        .needing(Capability.PRIVATE_DATA),
                Statement.of(
                        "F7",
                        "Under load the peers read at different heights: a hot key's results 'do not match'",
                        FactStatements::differentHeights));
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
        equal("under the right one", "hello", helloOfTheRightOne(rig));
    }

    /** A call that the peer joins to its wait for the wrong server ends with that, once the peer notices that it is gone. */
    private static String helloOfTheRightOne(Rig rig) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return new String(rig.calling("stub").propose("hello").endorse().getResult(), UTF_8);
            } catch (EndorseException e) {
                boolean joined = e.getDetails().stream()
                        .anyMatch(detail -> detail.getMessage().contains("could not launch chaincode"));
                if (!joined || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
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

    private static void droppedCollection(Rig rig) throws Exception {
        byte[] asked = QueryChaincodeDefinitionArgs.newBuilder()
                .setName("bare")
                .build()
                .toByteArray();
        Contract lifecycle = rig.client().contract("_lifecycle");
        QueryChaincodeDefinitionResult before = QueryChaincodeDefinitionResult.parseFrom(
                lifecycle.evaluateTransaction("QueryChaincodeDefinition", asked));
        CollectionConfigPackage all = before.getCollections();
        refusedCollections(
                rig,
                before,
                CollectionConfigPackage.getDefaultInstance(),
                "the proposed collection config does not contain previously defined collections");
        refusedCollections(
                rig,
                before,
                all.toBuilder().removeConfig(0).build(),
                "existing collection ["
                        + all.getConfig(0).getStaticCollectionConfig().getName()
                        + "] missing in the proposed collection configuration");
        QueryChaincodeDefinitionResult after = QueryChaincodeDefinitionResult.parseFrom(
                lifecycle.evaluateTransaction("QueryChaincodeDefinition", asked));
        equal("definition", before, after);
    }

    private static void refusedCollections(
            Rig rig, QueryChaincodeDefinitionResult current, CollectionConfigPackage proposed, String reason) {
        Definition next = new Definition(
                current.getSequence() + 1, "2", current.getValidationParameter(), proposed, current.getInitRequired());
        Client admin =
                rig.on(NetworkPlan.MARKET, rig.issue(NetworkPlan.MARKET, CertificateRequest.of("admin", NodeOu.ADMIN)));
        EndorseException e = thrown(
                EndorseException.class,
                () -> admin.contract("_lifecycle")
                        .newProposal("ApproveChaincodeDefinitionForMyOrg")
                        .addArguments(
                                LifecycleArguments.approval("bare", next, "").toByteArray())
                        .setEndorsingOrganizations(NetworkPlan.MARKET)
                        .build()
                        .endorse());
        equal(
                "detail",
                "chaincode response 500, failed to invoke backing implementation of"
                        + " 'ApproveChaincodeDefinitionForMyOrg': error validating chaincode definition: " + reason,
                Expect.onlyDetail(rig.market(), e));
    }

    /** Each transaction is endorsed while others commit, which no two peers do at the same instant. */
    private static void differentHeights(Rig rig) throws Exception {
        String hot = rig.key();
        rig.submit("put", hot, "x");
        AtomicInteger mismatches = new AtomicInteger();
        Instant end = Instant.now().plus(MOST_LOAD);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(writers.submit(() -> write(rig, hot, mismatches, end)));
            }
            int committed = 0;
            for (Future<Integer> writer : all) {
                committed += writer.get();
            }
            holds("some are committed all the same", committed > 0, committed);
        }
        holds("an endorsement that does not match, within " + MOST_LOAD, mismatches.get() > 0, mismatches);
        rig.awaitSame();
        rig.submit("put", hot, "calm again");
    }

    /** Until anybody has seen a mismatch; how many transactions of this writer were valid. */
    private static int write(Rig rig, String hot, AtomicInteger mismatches, Instant end) throws Exception {
        int valid = 0;
        while (mismatches.get() == 0 && Instant.now().isBefore(end)) {
            try {
                boolean successful = rig.client()
                        .propose("putGet", hot, rig.key())
                        .endorse()
                        .submitAsync()
                        .getStatus()
                        .isSuccessful();
                valid += successful ? 1 : 0;
            } catch (EndorseException e) {
                equal("code", Status.Code.ABORTED, e.getStatus().getCode());
                equal(
                        "description",
                        "failed to collect enough transaction endorsements, see attached details for more info",
                        e.getStatus().getDescription());
                equal("detail", Client.MISMATCH, e.getDetails().getFirst().getMessage());
                mismatches.incrementAndGet();
            }
        }
        return valid;
    }
}
