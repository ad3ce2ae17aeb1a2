package io.clearmarket.network.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.DiallingRig;
import io.clearmarket.network.testing.Registration;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chaincode that dials its peer and registers there, as in Fabric's development mode. */
@Timeout(240)
class DiallingChaincodeTest {
    private static final String ORG1 = "Org1MSP";
    private static final String ORG2 = "Org2MSP";
    private static final String ID = "rig:1";
    private static final String OTHER_ID = "other:1";

    @TempDir
    static Path directory;

    private static Map<String, String> addresses = Map.of();
    private static EmbeddedNetwork network;

    @BeforeAll
    static void start() {
        addresses = Map.of(ORG1, "127.0.0.1:" + FreePorts.one(), ORG2, "127.0.0.1:" + FreePorts.one());
        network = EmbeddedNetwork.start(NetworkConfig.in(directory)
                .organization(ORG1, 0)
                .organization(ORG2, 0)
                .chaincode(new ChaincodeConfig("rig", "1", "AND('Org1MSP.peer','Org2MSP.peer')", addresses)
                        .diallingPeers())
                .build());
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    private static String address(String mspId) {
        return addresses.getOrDefault(mspId, "");
    }

    private static void dial(String mspId) {
        DiallingRig.dial(ID, address(mspId));
    }

    @Test
    void the_shim_dials_every_peer_and_again_after_the_peer_was_away() throws Exception {
        dial(ORG1);
        dial(ORG2);
        try (NetworkClient client = NetworkClient.connect(network, ORG1, "user")) {
            Contract rig = client.contract("rig");
            rig.submitTransaction("fill", "many", "5");
            assertThat(rig.evaluateTransaction("range", "many", "many~"))
                    .asString(UTF_8)
                    .contains("many");

            network.faults().stopPeer(ORG2);
            network.faults().startPeer(ORG2);
            // a call that comes before its chaincode waits for it
            Thread later = Thread.ofVirtual().unstarted(() -> {
                sleep();
                dial(ORG2);
            });
            later.start();
            rig.submitTransaction("put", "after", "all");
            later.join();
            assertThat(rig.evaluateTransaction("get", "after")).asString(UTF_8).isEqualTo("all");
        }
    }

    private static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void of_two_under_one_id_the_first_is_registered_until_it_leaves() throws Exception {
        try (Registration first = Registration.at(address(ORG1), OTHER_ID)) {
            assertThat(first.next()).isEqualTo(ChaincodeMessage.Type.REGISTERED);
            assertThat(first.next()).isEqualTo(ChaincodeMessage.Type.READY);
            try (Registration second = Registration.at(address(ORG1), OTHER_ID)) {
                assertThat(second.heardNothingFor(500, TimeUnit.MILLISECONDS)).isTrue();
            }
        }
        // the peer hears a moment later that it has left
        for (int attempt = 0; ; attempt++) {
            try (Registration third = Registration.at(address(ORG1), OTHER_ID)) {
                // longer each time: a slow machine may need it
                if (!third.heardNothingFor(100 + 50L * attempt, TimeUnit.MILLISECONDS)) {
                    assertThat(third.next()).isEqualTo(ChaincodeMessage.Type.REGISTERED);
                    return;
                }
            }
            assertThat(attempt).isLessThan(60);
        }
    }

    @Test
    void who_asks_before_it_has_registered_is_refused_in_a_peers_words() throws Exception {
        try (Registration hasty = Registration.saying(address(ORG1), ChaincodeMessage.Type.GET_STATE)) {
            assertThat(hasty.end().getCode()).isEqualTo(Status.Code.UNKNOWN);
            assertThat(hasty.end().getDescription())
                    .isEqualTo("[] Chaincode handler cannot handle message (GET_STATE) while in state: created");
        }
        try (Registration nonsense = Registration.at(address(ORG1), "nonsense:1")) {
            nonsense.next();
            nonsense.next();
            nonsense.say(ChaincodeMessage.Type.TRANSACTION);
            assertThat(nonsense.end().getDescription()).contains("is not expected from a chaincode");
        }
    }

    @Test
    void a_peers_door_that_is_taken_is_named() {
        NetworkConfig taken = NetworkConfig.in(directory.resolve("taken"))
                .organization(ORG1, 0)
                .chaincode(new ChaincodeConfig("rig", "1", "OR('Org1MSP.peer')", Map.of(ORG1, address(ORG1)))
                        .diallingPeers())
                .build();
        assertThatThrownBy(() -> EmbeddedNetwork.start(taken))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("wanted by chaincode that dials, is in use");
    }
}
