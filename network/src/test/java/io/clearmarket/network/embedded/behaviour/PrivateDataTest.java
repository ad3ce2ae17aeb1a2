package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.BlockAndPrivateData;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Private data as a client, a chaincode and an auditor see it; MerchantsMSP is a member of no collection here. */
class PrivateDataTest {
    private static final String MEMBERS = "OR('PlatformMSP.member','AuditMSP.member')";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("other", RigChaincode::new)
            .and(
                    "rig",
                    ChaincodeConfig.MARKET_POLICY,
                    List.of(
                            CollectionConfig.of("deals", MEMBERS),
                            CollectionConfig.of("guarded", MEMBERS).membersOnly(),
                            CollectionConfig.of("fetched", MEMBERS).withPeerCounts(0, 0),
                            CollectionConfig.of("short", MEMBERS).withBlockToLive(1),
                            CollectionConfig.of("lonely", "OR('PlatformMSP.member')"),
                            CollectionConfig.of("crowded", MEMBERS).withPeerCounts(2, 2),
                            CollectionConfig.of("own", MEMBERS).withEndorsementPolicy("OR('PlatformMSP.peer')")),
                    RigChaincode::new);

    private final Contract platform = contract("PlatformMSP");
    private final Contract audit = contract("AuditMSP");

    private static Contract contract(String mspId) {
        return NETWORK.client(mspId, "user").contract("rig");
    }

    private static Transaction endorsePut(Contract contract, String collection, String key, String value)
            throws EndorseException {
        return contract.newProposal("putPrivate")
                .addArguments(collection, key)
                .putTransient("value", value)
                .build()
                .endorse();
    }

    private static Status put(Contract contract, String collection, String key, String value) throws Exception {
        SubmittedTransaction submitted =
                endorsePut(contract, collection, key, value).submitAsync();
        Status status = submitted.getStatus();
        assertThat(status.getCode()).isEqualTo(TxValidationCode.VALID);
        return status;
    }

    /** On that organisation's peer alone (a gateway would ask others after a failure), when it has what Platform's has. */
    private static String evaluate(String mspId, String... call) throws Exception {
        long height = NETWORK.network().height("PlatformMSP");
        while (NETWORK.network().height(mspId) < height) {
            Thread.sleep(5);
        }
        String[] arguments = List.of(call).subList(1, call.length).toArray(String[]::new);
        return new String(
                contract(mspId)
                        .newProposal(call[0])
                        .addArguments(arguments)
                        .setEndorsingOrganizations(mspId)
                        .build()
                        .evaluate(),
                UTF_8);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private static List<String> details(GatewayException failure) {
        return failure.getDetails().stream().map(ErrorDetail::getMessage).toList();
    }

    /** What a chaincode sees of a refused stub call: the shim keeps the reason to itself. */
    private static void assertRefused(String mspId, String... call) {
        assertThatThrownBy(() -> evaluate(mspId, call))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(details(refused))
                                .singleElement()
                                .asString()
                                .contains("transaction returned with failure", "]Unsuccessful response received."));
    }

    @Test
    void a_block_shows_hashes_and_no_plaintext() throws Exception {
        Status status = put(platform, "deals", "key-of-a-deal", "price-of-a-deal");

        NETWORK.network().awaitLevel();
        var block = NETWORK.network()
                .ledger("MerchantsMSP")
                .block(status.getBlockNumber())
                .orElseThrow()
                .toByteString();
        assertThat(contains(block, "price-of-a-deal".getBytes(UTF_8))).isFalse();
        assertThat(contains(block, HexFormat.of().parseHex(sha256("price-of-a-deal"))))
                .isTrue();
        assertThat(contains(block, HexFormat.of().parseHex(sha256("key-of-a-deal"))))
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
        put(platform, "deals", "value", "secret");

        assertThat(evaluate("PlatformMSP", "getPrivate", "deals", "value")).isEqualTo("secret");
        assertThat(evaluate("AuditMSP", "getPrivate", "deals", "value")).isEqualTo("secret");
        assertThat(evaluate("MerchantsMSP", "hashPrivate", "deals", "value")).isEqualTo(sha256("secret"));
        // a collection without memberOnlyRead refuses nobody, but the peer has nothing to show
        assertRefused("MerchantsMSP", "getPrivate", "deals", "value");
        assertThat(evaluate("MerchantsMSP", "getPrivate", "deals", "absent")).isEmpty();
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
        put(platform, "_implicit_org_AuditMSP", "note", "for the auditor");

        assertThat(evaluate("AuditMSP", "getPrivate", "fetched", "far")).isEqualTo("away");
        assertThat(evaluate("AuditMSP", "getPrivate", "_implicit_org_AuditMSP", "note"))
                .isEqualTo("for the auditor");
        assertRefused("PlatformMSP", "getPrivate", "_implicit_org_AuditMSP", "note");
        assertRefused("PlatformMSP", "getPrivate", "_implicit_org_NobodyMSP", "note");
    }

    @Test
    void a_members_only_collection_refuses_other_organisations_clients_even_at_a_members_peer() throws Exception {
        put(platform, "guarded", "kept", "inside");
        var stranger =
                NETWORK.network().issue("MerchantsMSP", "user", io.clearmarket.wallet.ca.NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), "PlatformMSP", stranger)) {
            Contract asStranger = client.contract("rig");

            assertThatThrownBy(() -> asStranger.evaluateTransaction("getPrivate", "guarded", "kept"))
                    .isInstanceOf(GatewayException.class);
            assertThatThrownBy(() -> put(asStranger, "guarded", "kept", "outside"))
                    .isInstanceOf(EndorseException.class);
            assertThat(new String(asStranger.evaluateTransaction("hashPrivate", "guarded", "kept"), UTF_8))
                    .isEqualTo(sha256("inside"));
        }
    }

    @Test
    void transient_data_goes_to_members_only() throws Exception {
        // MerchantsMSP could satisfy the policy with AuditMSP, but is no member: PlatformMSP is asked instead
        Transaction endorsed = endorsePut(audit, "deals", "shielded", "x");
        assertThat(endorsed.submitAsync().getStatus().isSuccessful()).isTrue();

        assertThatThrownBy(() -> endorsePut(platform, "lonely", "k", "v"))
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
        assertThatThrownBy(() -> endorsePut(platform, "crowded", "k", "v"))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(details(refused))
                                .singleElement()
                                .asString()
                                .startsWith("error in simulation: failed to distribute private collection, txID")
                                .endsWith(
                                        "could not build private data dissemination plan for chaincode rig and collection"
                                                + " crowded: required to disseminate to at least 2 peers, but know of only 1 eligible"
                                                + " peers"));
    }

    @Test
    void ranges_are_in_key_order_and_not_for_writing_transactions() throws Exception {
        put(platform, "guarded", "r-b", "1");
        put(platform, "guarded", "r-a", "2");
        put(platform, "guarded", "s", "3");

        assertThat(evaluate("PlatformMSP", "rangePrivate", "guarded", "r-", "r."))
                .isEqualTo("r-a,r-b");
        assertThatThrownBy(() -> platform.submitTransaction("rangePrivateThenPut", "guarded"))
                .isInstanceOf(EndorseException.class);
    }

    @Test
    void deleting_and_purging_end_the_value_and_its_hash() throws Exception {
        put(platform, "deals", "deleted", "one");
        put(platform, "deals", "purged", "value-to-be-purged-1");
        put(platform, "deals", "purged", "value-to-be-purged-2");
        platform.submitTransaction("deletePrivate", "deals", "deleted");
        assertThat(filesHolding("value-to-be-purged")).isNotEmpty();

        platform.submitTransaction("purgePrivate", "deals", "purged");

        for (String mspId : List.of("PlatformMSP", "AuditMSP")) {
            assertThat(evaluate(mspId, "getPrivate", "deals", "deleted")).isEmpty();
            assertThat(evaluate(mspId, "getPrivate", "deals", "purged")).isEmpty();
            assertThat(evaluate(mspId, "hashPrivate", "deals", "purged")).isEmpty();
        }
        assertThat(filesHolding("value-to-be-purged")).isEmpty();
    }

    private static List<Path> filesHolding(String text) throws IOException {
        try (Stream<Path> files =
                Files.walk(NETWORK.network().config().dataDirectory().resolve("peers"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), UTF_8).contains(text);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void block_to_live_ends_value_and_hash_with_the_block_after() throws Exception {
        put(platform, "short", "mayfly", "brief");
        platform.submitTransaction("put", "tick", "1");
        assertThat(evaluate("AuditMSP", "getPrivate", "short", "mayfly")).isEqualTo("brief");

        platform.submitTransaction("put", "tick", "2");

        assertThat(evaluate("AuditMSP", "getPrivate", "short", "mayfly")).isEmpty();
        assertThat(evaluate("MerchantsMSP", "hashPrivate", "short", "mayfly")).isEmpty();
    }

    @Test
    void of_two_that_read_one_private_value_and_change_it_the_second_conflicts() throws Exception {
        put(platform, "deals", "source", "v");
        Transaction first = platform.newProposal("copyPrivate")
                .addArguments("deals", "source", "source")
                .build()
                .endorse();
        Transaction second = platform.newProposal("copyPrivate")
                .addArguments("deals", "source", "target")
                .build()
                .endorse();

        assertThat(first.submitAsync().getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
        assertThat(second.submitAsync().getStatus().getCode()).isEqualTo(TxValidationCode.MVCC_READ_CONFLICT);
    }

    @Test
    void a_collections_own_endorsement_policy_replaces_the_chaincodes() throws Exception {
        assertThat(alone("own").getCode()).isEqualTo(TxValidationCode.VALID);
        assertThat(alone("deals").getCode()).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        // the gateway knows: one endorsement is all it asks for
        assertThat(put(platform, "own", "single", "x").isSuccessful()).isTrue();
    }

    private Status alone(String collection) throws Exception {
        return platform.newProposal("putPrivate")
                .addArguments(collection, "alone")
                .putTransient("value", "x")
                .setEndorsingOrganizations("PlatformMSP")
                .build()
                .endorse()
                .submitAsync()
                .getStatus();
    }

    @Test
    void a_private_key_bound_to_one_organisation_needs_that_one_only() throws Exception {
        put(platform, "deals", "bound", "1");
        String policy = HexFormat.of()
                .formatHex(SignaturePolicyParser.parse("OR('PlatformMSP.peer')").toByteArray());
        platform.submitTransaction("bindPrivate", "deals", "bound", policy);

        Status platformOnly = platform.newProposal("putPrivate")
                .addArguments("deals", "bound")
                .putTransient("value", "2")
                .setEndorsingOrganizations("PlatformMSP")
                .build()
                .endorse()
                .submitAsync()
                .getStatus();
        Status auditOnly = audit.newProposal("putPrivate")
                .addArguments("deals", "bound")
                .putTransient("value", "3")
                .setEndorsingOrganizations("AuditMSP")
                .build()
                .endorse()
                .submitAsync()
                .getStatus();

        assertThat(platformOnly.getCode()).isEqualTo(TxValidationCode.VALID);
        assertThat(auditOnly.getCode()).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(evaluate("AuditMSP", "getPrivate", "deals", "bound")).isEqualTo("2");
    }

    @Test
    void a_collection_that_is_not_defined_is_refused() {
        assertRefused("PlatformMSP", "getPrivate", "nowhere", "k");
        assertRefused("MerchantsMSP", "hashPrivate", "nowhere", "k");
    }

    @Test
    void blocks_with_private_data_show_what_the_peer_holds_and_the_caller_may_see() throws Exception {
        Status deal = put(platform, "deals", "delivered", "goods");
        Status guarded = put(platform, "guarded", "delivered", "goods");

        assertThat(delivered("PlatformMSP", "PlatformMSP", deal)).containsExactly("deals/delivered=goods");
        assertThat(delivered("PlatformMSP", "PlatformMSP", guarded)).containsExactly("guarded/delivered=goods");
        assertThat(delivered("PlatformMSP", "MerchantsMSP", deal)).containsExactly("deals/delivered=goods");
        assertThat(delivered("PlatformMSP", "MerchantsMSP", guarded)).isEmpty();
        assertThat(delivered("MerchantsMSP", "PlatformMSP", deal)).isEmpty();
    }

    private static List<String> delivered(String peerMspId, String clientMspId, Status status) throws Exception {
        var user = NETWORK.network().issue(clientMspId, "user", io.clearmarket.wallet.ca.NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), peerMspId, user);
                CloseableIterator<BlockAndPrivateData> blocks = client.network()
                        .newBlockAndPrivateDataEventsRequest()
                        .startBlock(status.getBlockNumber())
                        .build()
                        .getEvents()) {
            List<String> writes = new java.util.ArrayList<>();
            for (var namespace : blocks.next()
                    .getPrivateDataMapMap()
                    .getOrDefault(0L, org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet.getDefaultInstance())
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

    @Test
    void every_peer_comes_to_the_same_commit_hash() throws Exception {
        put(platform, "deals", "hashed", "x");
        long height = NETWORK.network().height("PlatformMSP");
        evaluate("MerchantsMSP", "get", "x");
        evaluate("AuditMSP", "get", "x");

        assertThat(List.of("PlatformMSP", "MerchantsMSP", "AuditMSP"))
                .extracting(mspId -> NETWORK.network()
                        .ledger(mspId)
                        .block(height - 1)
                        .orElseThrow()
                        .getMetadata()
                        .getMetadata(4))
                .containsOnly(NETWORK.network()
                        .ledger("PlatformMSP")
                        .block(height - 1)
                        .orElseThrow()
                        .getMetadata()
                        .getMetadata(4));
    }
}
