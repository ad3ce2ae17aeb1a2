package org.example.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.junit.As;
import io.clearmarket.network.junit.Deploy;
import io.clearmarket.network.junit.EmbeddedFabric;
import java.nio.charset.StandardCharsets;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;

@EmbeddedFabric(
        organizations = {"Org1MSP", "Org2MSP"},
        chaincode = @Deploy(name = "assets", type = AssetContract.class, policy = "AND('Org1MSP.peer','Org2MSP.peer')"))
class AssetContractTest {
    @Test
    void another_organisation_reads_what_one_has_created(
            EmbeddedNetwork network, Contract assets, @As(organization = "Org2MSP") Contract others)
            throws Exception {
        submit(network, assets, "create", "car");

        assertEquals("{\"owner\":\"Org1MSP\",\"id\":\"car\"}", text(others.submitTransaction("read", "car")));
    }

    @Test
    void only_the_owner_gives_an_asset_away(
            EmbeddedNetwork network, Contract assets, @As(organization = "Org2MSP") Contract others)
            throws Exception {
        submit(network, assets, "create", "boat");

        EndorseException refused =
                assertThrows(EndorseException.class, () -> others.submitTransaction("transfer", "boat", "Org2MSP"));
        assertTrue(refused.getDetails().toString().contains("asset boat belongs to Org1MSP, not to Org2MSP"));
    }

    @Test
    void a_transfer_is_announced_by_an_event(EmbeddedNetwork network, Contract assets, Network channel)
            throws Exception {
        submit(network, assets, "create", "house");
        try (CloseableIterator<ChaincodeEvent> events = channel.getChaincodeEvents("assets")) {
            assets.submitTransaction("transfer", "house", "Org2MSP");

            ChaincodeEvent event = events.next();
            assertEquals("transferred", event.getEventName());
            assertEquals("house", text(event.getPayload()));
        }
    }

    @Test
    void history_knows_all_owners(
            EmbeddedNetwork network, Contract assets, @As(organization = "Org2MSP") Contract others) throws Exception {
        submit(network, assets, "create", "ring");
        submit(network, assets, "transfer", "ring", "Org2MSP");
        submit(network, others, "transfer", "ring", "Org1MSP");

        assertEquals("[\"Org1MSP\",\"Org2MSP\",\"Org1MSP\"]", text(assets.evaluateTransaction("owners", "ring")));
    }

    @Test
    void of_two_transfers_endorsed_at_the_same_state_only_the_first_counts(EmbeddedNetwork network, Contract assets)
            throws Exception {
        submit(network, assets, "create", "painting");
        Transaction first = transfer(assets, "painting");
        Transaction second = transfer(assets, "painting");

        first.submit();

        CommitException conflict = assertThrows(CommitException.class, second::submit);
        assertEquals(TxValidationCode.MVCC_READ_CONFLICT, conflict.getCode());
    }

    /** Committed by every organisation's peer, not only by the one that was asked. */
    private static void submit(EmbeddedNetwork network, Contract contract, String function, String... arguments)
            throws Exception {
        contract.submitTransaction(function, arguments);
        network.awaitLevel();
    }

    private static Transaction transfer(Contract assets, String id) throws EndorseException {
        return assets.newProposal("transfer").addArguments(id, "Org2MSP").build().endorse();
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }
}
