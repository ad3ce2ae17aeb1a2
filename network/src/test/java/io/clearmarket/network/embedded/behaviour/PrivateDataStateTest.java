package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How private state is read, changed, ended and endorsed; MerchantsMSP is a member of no collection here. */
class PrivateDataStateTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = PrivateDataPeople.network(
            CollectionConfig.of("deals", PrivateDataPeople.MEMBERS),
            CollectionConfig.of("guarded", PrivateDataPeople.MEMBERS).membersOnly(),
            CollectionConfig.of("short", PrivateDataPeople.MEMBERS).withBlockToLive(1),
            CollectionConfig.of("own", PrivateDataPeople.MEMBERS).withEndorsementPolicy("OR('PlatformMSP.peer')"));

    private final PrivateDataPeople people = new PrivateDataPeople(NETWORK);
    private final Contract platform = people.contract("PlatformMSP");
    private final Contract audit = people.contract("AuditMSP");

    @Test
    void ranges_are_in_key_order_and_not_for_writing_transactions() throws Exception {
        PrivateDataPeople.put(platform, "guarded", "r-b", "1");
        PrivateDataPeople.put(platform, "guarded", "r-a", "2");
        PrivateDataPeople.put(platform, "guarded", "s", "3");

        assertThat(people.evaluate("PlatformMSP", "rangePrivate", "guarded", "r-", "r."))
                .isEqualTo("r-a,r-b");
        assertThatThrownBy(() -> platform.submitTransaction("rangePrivateThenPut", "guarded"))
                .isInstanceOf(EndorseException.class);
    }

    @Test
    void deleting_and_purging_end_the_value_and_its_hash() throws Exception {
        PrivateDataPeople.put(platform, "deals", "deleted", "one");
        PrivateDataPeople.put(platform, "deals", "purged", "value-to-be-purged-1");
        PrivateDataPeople.put(platform, "deals", "purged", "value-to-be-purged-2");
        platform.submitTransaction("deletePrivate", "deals", "deleted");
        NETWORK.network().awaitLevel();
        assertThat(filesHolding("value-to-be-purged")).isNotEmpty();

        platform.submitTransaction("purgePrivate", "deals", "purged");
        NETWORK.network().awaitLevel();

        for (String mspId : List.of("PlatformMSP", "AuditMSP")) {
            assertThat(people.evaluate(mspId, "getPrivate", "deals", "deleted")).isEmpty();
            assertThat(people.evaluate(mspId, "getPrivate", "deals", "purged")).isEmpty();
            assertThat(people.evaluate(mspId, "hashPrivate", "deals", "purged")).isEmpty();
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
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void block_to_live_ends_value_and_hash_with_the_block_after() throws Exception {
        PrivateDataPeople.put(platform, "short", "mayfly", "brief");
        platform.submitTransaction("put", "tick", "1");
        assertThat(people.evaluate("AuditMSP", "getPrivate", "short", "mayfly")).isEqualTo("brief");

        platform.submitTransaction("put", "tick", "2");

        assertThat(people.evaluate("AuditMSP", "getPrivate", "short", "mayfly")).isEmpty();
        assertThat(people.evaluate("MerchantsMSP", "hashPrivate", "short", "mayfly"))
                .isEmpty();
    }

    @Test
    void of_two_that_read_one_private_value_and_change_it_the_second_conflicts() throws Exception {
        PrivateDataPeople.put(platform, "deals", "source", "v");
        // two endorse, and both must have read the same
        NETWORK.network().awaitLevel();
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
        assertThat(PrivateDataPeople.put(platform, "own", "single", "x").isSuccessful())
                .isTrue();
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
        PrivateDataPeople.put(platform, "deals", "bound", "1");
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
        assertThat(people.evaluate("AuditMSP", "getPrivate", "deals", "bound")).isEqualTo("2");
    }

    @Test
    void every_peer_comes_to_the_same_commit_hash() throws Exception {
        PrivateDataPeople.put(platform, "deals", "hashed", "x");
        long height = NETWORK.network().height("PlatformMSP");
        people.evaluate("MerchantsMSP", "get", "x");
        people.evaluate("AuditMSP", "get", "x");

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
