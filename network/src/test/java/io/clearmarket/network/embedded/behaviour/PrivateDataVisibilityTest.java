package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.NodeOu;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.BlockAndPrivateData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who comes to see private data, and who its hash; MerchantsMSP is a member of no collection here. */
class PrivateDataVisibilityTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = PrivateDataPeople.network(
            CollectionConfig.of("deals", PrivateDataPeople.MEMBERS),
            CollectionConfig.of("guarded", PrivateDataPeople.MEMBERS).membersOnly(),
            CollectionConfig.of("fetched", PrivateDataPeople.MEMBERS).withPeerCounts(0, 0),
            CollectionConfig.of("lonely", "OR('PlatformMSP.member')"),
            CollectionConfig.of("crowded", PrivateDataPeople.MEMBERS).withPeerCounts(2, 2));

    private final PrivateDataPeople people = new PrivateDataPeople(NETWORK);
    private final Contract platform = people.contract("PlatformMSP");
    private final Contract audit = people.contract("AuditMSP");

    @Test
    void a_block_shows_hashes_and_no_plaintext() throws Exception {
        Status status = PrivateDataPeople.put(platform, "deals", "key-of-a-deal", "price-of-a-deal");

        NETWORK.network().awaitLevel();
        var block = NETWORK.network()
                .ledger("MerchantsMSP")
                .block(status.getBlockNumber())
                .orElseThrow()
                .toByteString();
        assertThat(contains(block, "price-of-a-deal".getBytes(UTF_8))).isFalse();
        assertThat(contains(block, HexFormat.of().parseHex(PrivateDataPeople.sha256("price-of-a-deal"))))
                .isTrue();
        assertThat(contains(block, HexFormat.of().parseHex(PrivateDataPeople.sha256("key-of-a-deal"))))
                .isTrue();
    }

    private static boolean contains(ByteString bytes, byte[] part) {
        ByteString wanted = ByteString.copyFrom(part);
        for (int at = 0; at + wanted.size() <= bytes.size(); at++) {
            if (bytes.substring(at, at + wanted.size()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void members_read_the_value_and_everybody_its_hash() throws Exception {
        PrivateDataPeople.put(platform, "deals", "value", "secret");

        assertThat(people.evaluate("PlatformMSP", "getPrivate", "deals", "value"))
                .isEqualTo("secret");
        assertThat(people.evaluate("AuditMSP", "getPrivate", "deals", "value")).isEqualTo("secret");
        assertThat(people.evaluate("MerchantsMSP", "hashPrivate", "deals", "value"))
                .isEqualTo(PrivateDataPeople.sha256("secret"));
        // a collection without memberOnlyRead refuses nobody, but the peer has nothing to show
        people.assertRefused("MerchantsMSP", "getPrivate", "deals", "value");
        assertThat(people.evaluate("MerchantsMSP", "getPrivate", "deals", "absent"))
                .isEmpty();
    }

    @Test
    void a_member_that_was_not_sent_the_value_fetches_it_when_it_commits() throws Exception {
        Transaction endorsed = platform.newProposal("putPrivate")
                .addArguments("fetched", "far")
                .putTransient("value", "away")
                .setEndorsingOrganizations("PlatformMSP", "AuditMSP")
                .build()
                .endorse();
        assertThat(endorsed.submitAsync().getStatus().isSuccessful()).isTrue();
        PrivateDataPeople.put(platform, "_implicit_org_AuditMSP", "note", "for the auditor");

        assertThat(people.evaluate("AuditMSP", "getPrivate", "fetched", "far")).isEqualTo("away");
        assertThat(people.evaluate("AuditMSP", "getPrivate", "_implicit_org_AuditMSP", "note"))
                .isEqualTo("for the auditor");
        people.assertRefused("PlatformMSP", "getPrivate", "_implicit_org_AuditMSP", "note");
        people.assertRefused("PlatformMSP", "getPrivate", "_implicit_org_NobodyMSP", "note");
    }

    @Test
    void a_members_only_collection_refuses_other_organisations_clients_even_at_a_members_peer() throws Exception {
        PrivateDataPeople.put(platform, "guarded", "kept", "inside");
        var stranger = NETWORK.network().issue("MerchantsMSP", "user", NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), "PlatformMSP", stranger)) {
            Contract asStranger = client.contract("rig");

            assertThatThrownBy(() -> asStranger.evaluateTransaction("getPrivate", "guarded", "kept"))
                    .isInstanceOf(GatewayException.class);
            assertThatThrownBy(() -> PrivateDataPeople.put(asStranger, "guarded", "kept", "outside"))
                    .isInstanceOf(EndorseException.class);
            assertThat(new String(asStranger.evaluateTransaction("hashPrivate", "guarded", "kept"), UTF_8))
                    .isEqualTo(PrivateDataPeople.sha256("inside"));
        }
    }

    @Test
    void transient_data_goes_to_members_only() throws Exception {
        // MerchantsMSP could satisfy the policy with AuditMSP, but is no member: PlatformMSP is asked instead
        Transaction endorsed = PrivateDataPeople.endorsePut(audit, "deals", "shielded", "x");
        assertThat(endorsed.submitAsync().getStatus().isSuccessful()).isTrue();

        assertThatThrownBy(() -> PrivateDataPeople.endorsePut(platform, "lonely", "k", "v"))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(refused.getStatus().getDescription())
                                .isEqualTo(
                                        "requires endorsement from organisation(s) that are not in the distribution policy of"
                                                + " the private data collection(s): [lonely]; retry specifying trusted endorsing"
                                                + " organizations to protect transient data"));
    }

    @Test
    void no_endorsement_is_given_before_enough_members_have_the_data() {
        assertThatThrownBy(() -> PrivateDataPeople.endorsePut(platform, "crowded", "k", "v"))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(PrivateDataPeople.details(refused))
                                .singleElement()
                                .asString()
                                .startsWith("error in simulation: failed to distribute private collection, txID")
                                .endsWith(
                                        "could not build private data dissemination plan for chaincode rig and collection"
                                                + " crowded: required to disseminate to at least 2 peers, but know of only 1 eligible"
                                                + " peers"));
    }

    @Test
    void a_collection_that_is_not_defined_is_refused() {
        people.assertRefused("PlatformMSP", "getPrivate", "nowhere", "k");
        people.assertRefused("MerchantsMSP", "hashPrivate", "nowhere", "k");
    }

    @Test
    void blocks_with_private_data_show_what_the_peer_holds_and_the_caller_may_see() throws Exception {
        Status deal = PrivateDataPeople.put(platform, "deals", "delivered", "goods");
        Status guarded = PrivateDataPeople.put(platform, "guarded", "delivered", "goods");
        // a stream from beyond a peer's next block ends at once
        NETWORK.network().awaitLevel();

        assertThat(delivered("PlatformMSP", "PlatformMSP", deal)).containsExactly("deals/delivered=goods");
        assertThat(delivered("PlatformMSP", "PlatformMSP", guarded)).containsExactly("guarded/delivered=goods");
        assertThat(delivered("PlatformMSP", "MerchantsMSP", deal)).containsExactly("deals/delivered=goods");
        assertThat(delivered("PlatformMSP", "MerchantsMSP", guarded)).isEmpty();
        assertThat(delivered("MerchantsMSP", "PlatformMSP", deal)).isEmpty();
    }

    private static List<String> delivered(String peerMspId, String clientMspId, Status status) throws Exception {
        var user = NETWORK.network().issue(clientMspId, "user", NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), peerMspId, user);
                CloseableIterator<BlockAndPrivateData> blocks = client.network()
                        .newBlockAndPrivateDataEventsRequest()
                        .startBlock(status.getBlockNumber())
                        .build()
                        .getEvents()) {
            List<String> writes = new ArrayList<>();
            for (var namespace : blocks.next()
                    .getPrivateDataMapMap()
                    .getOrDefault(0L, TxPvtReadWriteSet.getDefaultInstance())
                    .getNsPvtRwsetList()) {
                for (var collection : namespace.getCollectionPvtRwsetList()) {
                    KVRWSet.parseFrom(collection.getRwset())
                            .getWritesList()
                            .forEach(write -> writes.add(collection.getCollectionName() + "/" + write.getKey() + "="
                                    + write.getValue().toStringUtf8()));
                }
            }
            return writes;
        }
    }
}
