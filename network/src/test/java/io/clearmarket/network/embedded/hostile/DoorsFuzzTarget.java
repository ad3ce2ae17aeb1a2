package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.hostile.RawDoor.Knock;
import io.clearmarket.network.embedded.ledger.CommittedBlock;
import io.clearmarket.network.junit.InProcessChaincode;
import io.clearmarket.network.testing.RigChaincode;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer calls: one network in the process, and with each input a call at one of its doors. The first byte of an input chooses the
 * door, the second a layer of the door's good message; the rest takes that layer's place, with right lengths around it and, where
 * the layer is beneath a signature, signed anew: such bytes come past every outer check. After the last door comes a chaincode, which says the
 * input to its peer in the course of a transaction.
 *
 * <p>Found is: no answer, an answer as of a fault inside the node, a transaction that is valid, peers that differ, a call or a thread left.
 */
public final class DoorsFuzzTarget {
    private static final int OPENS_A_LOOK_EVERY = 2_000;
    private static final long SOON_MILLIS = 100;
    private static final String HOSTILE = "hostile";

    private static @Nullable DoorsFuzzTarget target;

    private final EmbeddedNetwork network;
    private final DialledDoors doors;
    private final HostileChaincode chaincode;
    private final List<Layered> layered = new ArrayList<>();
    private final LiveThreads threads;
    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private long calls;

    private DoorsFuzzTarget(Path folder) throws Exception {
        String forChaincode = "127.0.0.1:" + FreePorts.one();
        int hostilePort = FreePorts.one();
        InProcessChaincode rig = InProcessChaincode.of(
                "rig",
                "1",
                ChaincodeConfig.MARKET_POLICY,
                List.of("PlatformMSP", "MerchantsMSP", "AuditMSP"),
                RigChaincode::new);
        ChaincodeConfig hostile = new ChaincodeConfig(
                HOSTILE, "1", ChaincodeConfig.MARKET_POLICY, Map.of("PlatformMSP", "127.0.0.1:" + hostilePort));
        network = EmbeddedNetwork.start(NetworkConfig.in(folder)
                .chaincode(rig.config())
                .chaincode(new ChaincodeConfig(
                                "dialling", "1", ChaincodeConfig.MARKET_POLICY, Map.of("PlatformMSP", forChaincode))
                        .diallingPeers())
                .chaincode(hostile)
                .build());
        rig.runIn(network);
        chaincode = HostileChaincode.serve(hostilePort, hostile.packageId());
        doors = DialledDoors.of(network, forChaincode);
        for (RawDoor door : RawDoor.ALL) {
            layered.add(Layered.of(door, doors.message(door), doors.user()));
        }
        network.awaitLevel();
        network.ledger("PlatformMSP").onCommit(this::committed);
        for (Layered door : layered) {
            doors.knock(door.door(), door.message().toByteArray());
        }
        threads = LiveThreads.now();
    }

    /** Called once, before any input. */
    public static void fuzzerInitialize() throws Exception {
        DoorsFuzzTarget started = new DoorsFuzzTarget(Files.createTempDirectory("hostile-"));
        target = started;
        // they are signed by who is known to this network, so that those of another would be of no use
        Seeds.write(started.seeds());
    }

    /** Inputs to begin with: every layer of every good message, and what chaincode asks for. */
    private List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int number = 0; number < layered.size(); number++) {
            Layered door = layered.get(number);
            for (int layer = 0; layer < door.layers(); layer++) {
                byte[] head = {(byte) number, (byte) layer};
                seeds.add(Seeds.input(head, door.content(layer).toByteArray()));
            }
        }
        byte[] ofChaincode = {(byte) layered.size()};
        ChaincodeRequests.all().forEach(request -> seeds.add(Seeds.input(ofChaincode, request)));
        return seeds;
    }

    /** Called with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Objects.requireNonNull(target).call(ByteBuffer.wrap(input));
    }

    private void call(ByteBuffer input) throws Exception {
        if (input.remaining() < 2) {
            return;
        }
        int number = (input.get() & 0xff) % (layered.size() + 1);
        if (number == layered.size()) {
            transact(input);
        } else {
            knock(layered.get(number), input);
        }
        assertThat(others).as("valid transactions").isEmpty();
        if (++calls % OPENS_A_LOOK_EVERY == 0) {
            look();
        }
    }

    private void committed(CommittedBlock block) {
        for (int i = 0; i < block.codes().size(); i++) {
            String id = block.transactionIds().get(i);
            if (block.codes().get(i) == TxValidationCode.VALID && !own.contains(id)) {
                others.add(id);
            }
        }
    }

    /** For those who wait for a block. */
    private void commitOne() throws Exception {
        Proposal proposal = doors.client()
                .contract("rig")
                .newProposal("put")
                .addArguments("another", "block")
                .build();
        own.add(proposal.getTransactionId());
        proposal.endorse().submit();
    }

    private void transact(ByteBuffer input) {
        chaincode.say(input);
        try {
            doors.client().contract(HOSTILE).evaluateTransaction("any");
        } catch (GatewayException refused) {
            assertThat(refused.getStatus().getCode()).isNotIn(Status.Code.INTERNAL, Status.Code.DEADLINE_EXCEEDED);
            refused.getDetails()
                    .forEach(detail -> assertThat(detail.getMessage()).doesNotContain("timeout expired", "Exception"));
        }
    }

    private void knock(Layered door, ByteBuffer input) throws Exception {
        doors.awaitNoOpenWaits();
        int layer = (input.get() & 0xff) % door.layers();
        byte[] message = door.with(layer, ByteString.copyFrom(input));
        try (Knock knock = door.door().open(doors.node(door.door()), message)) {
            Optional<Status> answer = knock.answer(SOON_MILLIS, TimeUnit.MILLISECONDS);
            if (answer.isEmpty() && network.openWaits() == 0) {
                // if it waits, then for the next block
                commitOne();
                answer = awaitAnswer(door.door(), knock);
            }
            answer.ifPresent(status -> DialledDoors.assertAnswered(door.door(), message, status));
        }
    }

    /** Empty if the call has come to wait for something to happen, which a busy machine may take a while for. */
    private Optional<Status> awaitAnswer(RawDoor door, Knock knock) {
        Optional<Status> answer = Optional.empty();
        for (long waited = 0; answer.isEmpty() && network.openWaits() == 0; waited += SOON_MILLIS) {
            if (waited > TimeUnit.SECONDS.toMillis(RawDoor.HUNG_SECONDS)) {
                throw new AssertionError(door.method() + " does not answer");
            }
            answer = knock.answer(SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
        return answer;
    }

    private void look() throws Exception {
        network.awaitLevel();
        List<Object> ledgers = doors.ledgers();
        assertThat(ledgers.subList(2, 4)).isEqualTo(ledgers.subList(0, 2));
        assertThat(ledgers.subList(4, 6)).isEqualTo(ledgers.subList(0, 2));
        doors.awaitNoOpenWaits();
        threads.assertNoneIsLeft();
    }
}
