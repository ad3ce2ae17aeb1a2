package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code -Dclearmarket.fuzz.seconds=600} goes on for that long, with another seed each time. */
@Timeout(900)
class HostileBytesTest {
    private static final long SEED = 20261126;
    private static final int CASES_PER_DOOR = 60;
    private static final int DOORS_THAT_ASK_FOR_A_TIME = 9;
    private static final int LARGER_THAN_ALLOWED = (100 << 20) + 1;
    private static final String FOR_CHAINCODE = "127.0.0.1:" + FreePorts.one();

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(network -> network.chaincode(new ChaincodeConfig(
                            "dialling", "1", ChaincodeConfig.MARKET_POLICY, Map.of("PlatformMSP", FOR_CHAINCODE))
                    .diallingPeers()));

    private static DialledDoors doors;

    @BeforeAll
    static void dial() throws Exception {
        doors = DialledDoors.of(NETWORK.network(), FOR_CHAINCODE);
    }

    @AfterAll
    static void hangUp() {
        doors.close();
    }

    @Test
    void good_messages_are_answered_at_every_door() {
        for (RawDoor door : RawDoor.ALL) {
            Status status = doors.knock(door, doors.message(door));
            if (door.method().endsWith("/Submit")) {
                assertThat(status.getDescription()).contains("status=FORBIDDEN");
            } else {
                assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.OK);
            }
        }
    }

    @Test
    void spoilt_messages_get_a_status_leave_no_call_behind_and_change_nothing() throws Exception {
        NETWORK.network().awaitLevel();
        List<Object> before = doors.ledgers();
        for (RawDoor door : RawDoor.ALL) {
            doors.knock(door, doors.message(door));
        }
        doors.awaitNoOpenWaits();
        LiveThreads threads = LiveThreads.now();
        long until = System.nanoTime() + Long.getLong("clearmarket.fuzz.seconds", 0) * 1_000_000_000;
        Random random = new Random(SEED);
        long messages = 0;
        do {
            for (RawDoor door : RawDoor.ALL) {
                for (int i = 0; i < CASES_PER_DOOR; i++) {
                    byte[] message = Spoiler.spoil(doors.message(door), random);
                    DialledDoors.assertAnswered(door, message, doors.knock(door, message));
                    messages++;
                }
            }
        } while (System.nanoTime() < until);
        assertThat(doors.ledgers()).isEqualTo(before);
        doors.awaitNoOpenWaits();
        threads.assertNoneIsLeft();
        System.out.println(messages + " spoilt messages were answered");
    }

    @Test
    void bytes_that_are_no_message_are_refused_as_such_at_every_door() {
        for (RawDoor door : RawDoor.ALL) {
            Status status = doors.knock(door, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});
            assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.INTERNAL);
        }
    }

    @Test
    void a_time_that_no_calendar_has_is_refused_wherever_a_time_is_asked_for() {
        Timestamp time = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
        List<Integer> inSigned = List.of(
                Payload.HEADER_FIELD_NUMBER, Header.CHANNEL_HEADER_FIELD_NUMBER, ChannelHeader.TIMESTAMP_FIELD_NUMBER);
        int asked = 0;
        for (RawDoor door : RawDoor.ALL) {
            Layered layered = Layered.of(door, doors.message(door), doors.user());
            List<Integer> path =
                    Stream.concat(layered.signed().stream(), inSigned.stream()).toList();
            int layer = layered.paths().indexOf(path);
            if (layer >= 0) {
                byte[] message = layered.with(layer, time.toByteString());
                DialledDoors.assertAnswered(door, message, doors.knock(door, message));
                asked++;
            }
        }
        assertThat(asked).isEqualTo(DOORS_THAT_ASK_FOR_A_TIME);
    }

    @Test
    void a_message_larger_than_allowed_is_refused_before_it_is_read() {
        byte[] large = new byte[LARGER_THAN_ALLOWED];
        for (RawDoor door : List.of(RawDoor.ALL.getFirst(), RawDoor.ALL.getLast())) {
            Status status = doors.knock(door, large);
            assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }
}
