package io.clearmarket.network.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.InProcessChaincode;
import io.clearmarket.network.testing.RigChaincode;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeployTest {
    private static final String ANY = "OR('PlatformMSP.peer','MerchantsMSP.peer','AuditMSP.peer')";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private static Contract contract(String chaincode) {
        return NETWORK.client("PlatformMSP", "user").contract(chaincode);
    }

    private static ChaincodeHost host(String chaincode, String version) {
        return ChaincodeHost.start(
                chaincode, version, ANY, NETWORK.network().config().mspIds(), RigChaincode::new);
    }

    private static long sequence(String chaincode) {
        return NETWORK.network()
                .ledger("AuditMSP")
                .definition(chaincode)
                .orElseThrow()
                .sequence();
    }

    @Test
    void a_new_version_takes_over_a_running_chaincode_with_its_state() throws Exception {
        contract("rig").submitTransaction("put", "kept", "by version 1");
        try (ChaincodeHost second = host("rig", "2")) {
            NETWORK.network().deploy(second.config());

            assertThat(sequence("rig")).isEqualTo(2);
            assertThat(contract("rig").evaluateTransaction("get", "kept"))
                    .asString(UTF_8)
                    .isEqualTo("by version 1");
            // the new policy holds: one organisation is enough
            contract("rig")
                    .newProposal("put")
                    .addArguments("kept", "by version 2")
                    .setEndorsingOrganizations("PlatformMSP")
                    .build()
                    .endorse()
                    .submit();
            NETWORK.network().deploy(second.config());
            assertThat(sequence("rig")).as("nothing new, nothing committed").isEqualTo(2);
        }
    }

    @Test
    void another_server_under_the_same_version_takes_over_from_a_chaincode_in_this_process() throws Exception {
        InProcessChaincode hosted = InProcessChaincode.of(
                "moved", "1", ANY, NETWORK.network().config().mspIds(), () -> new Saying("here"));
        hosted.runIn(NETWORK.network());
        NETWORK.network().deploy(hosted.config());
        assertThat(contract("moved").evaluateTransaction("say")).asString(UTF_8).isEqualTo("here");

        try (ChaincodeHost server = ChaincodeHost.start(
                "moved", "1", ANY, NETWORK.network().config().mspIds(), () -> new Saying("there"))) {
            NETWORK.network().deploy(server.config());

            assertThat(contract("moved").evaluateTransaction("say"))
                    .asString(UTF_8)
                    .isEqualTo("there");
        }
    }

    /** Says what it was made with. */
    private record Saying(String word) implements Chaincode {
        @Override
        public Response init(ChaincodeStub stub) {
            return invoke(stub);
        }

        @Override
        public Response invoke(ChaincodeStub stub) {
            return new Response(200, "", word.getBytes(UTF_8));
        }
    }

    @Test
    void a_chaincode_can_be_added_while_the_network_runs() throws Exception {
        try (ChaincodeHost added = host("added", "1")) {
            NETWORK.network().deploy(added.config());

            contract("added").submitTransaction("put", "k", "v");
            assertThat(contract("added").evaluateTransaction("get", "k"))
                    .asString(UTF_8)
                    .isEqualTo("v");
        }
    }
}
