package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.InProcessChaincode;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md says of the embedded network. */
@Timeout(240)
class RunbookTest {
    private static final String AUDIT = "AuditMSP";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    @TempDir
    Path elsewhere;

    private static Path folder(String name) {
        return NETWORK.network().config().dataDirectory().resolve(name);
    }

    /** Endorsed by the auditor's peer, as the policy wants. */
    private static void put(String key) throws Exception {
        NETWORK.client("PlatformMSP", "user").contract("rig").submitTransaction("put", key, "x");
    }

    private static void assertAllAgree() throws Exception {
        put("after");
        NETWORK.network().awaitLevel();
        PeerLedger audit = NETWORK.network().ledger(AUDIT);
        assertThat(audit.currentHash())
                .isEqualTo(NETWORK.network().ledger("PlatformMSP").currentHash());
        assertThat(NETWORK.client(AUDIT, "user").contract("rig").evaluateTransaction("get", "before"))
                .asString()
                .isEqualTo("x");
    }

    @Test
    void a_copy_of_the_folder_starts_at_another_path_with_all_that_was_committed() throws Exception {
        put("before");
        NetworkConfig config = NETWORK.network().config();
        Path backup = elsewhere.resolve("backup");
        NETWORK.restart(() -> {
            copy(config.dataDirectory(), backup);
            NetworkConfig restored = NetworkConfig.in(backup)
                    .chaincode(config.chaincodes().getFirst())
                    .build();
            try (EmbeddedNetwork network = EmbeddedNetwork.start(restored);
                    NetworkClient client = NetworkClient.connect(network, "PlatformMSP", "user")) {
                new InProcessChaincode(config.chaincodes().getFirst(), RigChaincode::new).runIn(network);
                assertThat(client.contract("rig").evaluateTransaction("get", "before"))
                        .asString()
                        .isEqualTo("x");
                client.contract("rig").submitTransaction("put", "restored", "x");
            } catch (Exception e) {
                throw new AssertionError("the copy does not serve", e);
            }
        });
        assertAllAgree();
    }

    @Test
    void a_peer_restored_from_an_old_copy_or_from_nothing_fetches_what_it_lacks() throws Exception {
        Path old = elsewhere.resolve("old");
        Path ledger = folder("peers/" + AUDIT);
        NETWORK.restart(() -> copy(ledger, old));
        put("before");
        NETWORK.network().awaitLevel();

        NETWORK.restart(() -> {
            delete(ledger);
            copy(old, ledger);
        });
        assertAllAgree();

        long sequence = sequence();
        NETWORK.restart(() -> delete(ledger));
        assertAllAgree();
        // its organisation's approval was private data of that peer alone
        assertThat(sequence()).isEqualTo(sequence + 1);
    }

    private static long sequence() {
        return NETWORK.network().ledger(AUDIT).definition("rig").orElseThrow().sequence();
    }

    @Test
    void a_peer_whose_key_was_lost_endorses_with_a_new_one() throws Exception {
        put("before");
        Path msp = folder("organizations/" + AUDIT + "/nodes/peer0/msp");
        assertThat(msp).isDirectory();
        List<String> lost = keys(msp);

        NETWORK.restart(() -> delete(msp));

        assertAllAgree();
        assertThat(keys(msp)).hasSize(1).doesNotContainAnyElementsOf(lost);
    }

    @Test
    void an_organisation_gets_a_second_peer_at_a_restart_and_it_fetches_everything() throws Exception {
        put("before");
        NetworkConfig more = NETWORK.network().config().toBuilder()
                .organization(OrganizationSettings.of(AUDIT, 0).andPeer(0))
                .build();

        NETWORK.restart(more, () -> {});

        assertAllAgree();
        assertThat(NETWORK.network().ledger(AUDIT + "/peer1").currentHash())
                .isEqualTo(NETWORK.network().ledger(AUDIT).currentHash());
    }

    private static List<String> keys(Path msp) throws IOException {
        try (Stream<Path> files = Files.list(msp.resolve("keystore"))) {
            return files.map(PrivateFiles::readText).toList();
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
