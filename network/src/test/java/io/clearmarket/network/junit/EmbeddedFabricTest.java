package io.clearmarket.network.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.testing.RigChaincode;
import java.nio.charset.StandardCharsets;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@EmbeddedFabric(
        organizations = {"Org1MSP", "Org2MSP"},
        channel = "mychannel",
        chaincode = {
            @Deploy(name = "counter", type = CounterContract.class),
            @Deploy(name = "rig", type = RigChaincode.class, policy = "OR('Org1MSP.peer','Org2MSP.peer')")
        })
class EmbeddedFabricTest {
    @Test
    void a_contract_class_runs_with_typed_parameters_and_results(Contract counter, EmbeddedNetwork network)
            throws Exception {
        counter.submitTransaction("add", "typed", "2");
        network.awaitLevel();

        assertThat(text(counter.submitTransaction("counter:add", "typed", "3"))).isEqualTo("5");
        assertThat(text(counter.evaluateTransaction("read", "typed"))).isEqualTo("{\"value\":5}");
    }

    @Test
    void a_contract_refuses_in_the_shims_words(Contract counter) {
        assertThatThrownBy(() -> counter.submitTransaction("add", "refused", "-1"))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(refused.getDetails().toString()).contains("amount -1 is not positive"));
        assertThatThrownBy(() -> counter.submitTransaction("unknown"))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(refused.getDetails().toString())
                                .contains("Undefined contract method called"));
    }

    @Test
    void a_contract_of_another_chaincode_of_the_run_cannot_be_called(Contract counter) {
        assertThatThrownBy(() -> counter.submitTransaction("other:anything")).isInstanceOf(EndorseException.class);
    }

    @Test
    void a_parameter_says_whose_client_it_is(
            @As(organization = "Org2MSP", user = "bob", chaincode = "rig") Contract rig, Gateway first)
            throws Exception {
        assertThat(first.getIdentity().getMspId()).isEqualTo("Org1MSP");
        assertThat(text(rig.evaluateTransaction("who"))).contains("Org2MSP");
    }

    @Nested
    class InANestedClass {
        @Test
        void the_same_network_goes_on(EmbeddedNetwork network, Contract counter) throws Exception {
            assertThat(network.channel()).isEqualTo("mychannel");
            assertThat(text(counter.submitTransaction("add", "nested", "1"))).isEqualTo("1");
        }
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }
}
