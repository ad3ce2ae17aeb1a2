package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    private static final TestChannel CHANNEL = new TestChannel();
    private static final int INTERVAL = 6;
    private static final int KEYS = 8;

    @TempDir
    private Path directory;

    private final Random random = new Random(20261126);
    private final List<String> ids = new ArrayList<>();
    private FileLedger ledger;

    @BeforeEach
    void found() throws Exception {
        ledger = FileLedger.open(directory, CHANNEL.genesis, null, INTERVAL);
        CHANNEL.commit(ledger, CHANNEL.definition(ledger, CHAINCODE, 1, POLICY));
        commitBlocks(10);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_ledger_opened_from_a_snapshot_knows_all_that_the_blocks_say() throws Exception {
        for (int round = 0; round < 3; round++) {
            reopen();
            commitBlocks(5);
        }
        reopen();
        String fromSnapshot = everything();

        ledger.close();
        assertThat(snapshots()).hasSize(1);
        deleteRecursively(snapshots().getFirst());
        ledger = FileLedger.open(directory, null, null, Integer.MAX_VALUE);

        assertThat(everything()).isEqualTo(fromSnapshot);
    }

    @Test
    void blocks_before_a_snapshot_are_not_read_on_opening_and_damage_in_them_shows_when_they_are_asked_for()
            throws Exception {
        ledger.close();
        int first = BlockFrame.of(CompletedBlock.founding(CHANNEL.genesis)).length;
        flip(directory.resolve("blocks-000000"), first + BlockFrame.HEAD + 40);

        ledger = FileLedger.open(directory, null, null, INTERVAL);

        assertThat(ledger.height()).isGreaterThan(10);
        assertThatThrownBy(() -> ledger.block(1)).hasMessageContaining("block 1 can't be read");
    }

    @Test
    void a_snapshot_with_one_damaged_byte_is_not_used() throws Exception {
        String before = everything();
        ledger.close();
        for (String part : List.of("state", "blocks", "transactions", "history", "numbers", "manifest")) {
            Path file = snapshots().getFirst().resolve(part);
            flip(file, (int) (Files.size(file) / 2));

            ledger = FileLedger.open(directory, null, null, 1);

            assertThat(everything()).as("with %s damaged", part).isEqualTo(before);
            // the next one is due at once
            commitBlocks(1);
            before = everything();
            ledger.close();
            assertThat(snapshots()).hasSize(1);
        }
    }

    @Test
    void a_snapshot_that_was_not_finished_is_removed() throws Exception {
        String before = everything();
        ledger.close();
        Path finished = snapshots().getFirst();
        Files.move(finished, directory.resolve("snapshot-99.new"));

        ledger = FileLedger.open(directory, null, null, INTERVAL);

        assertThat(everything()).isEqualTo(before);
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void a_snapshot_beside_blocks_of_an_older_backup_is_not_used() throws Exception {
        Path blocks = directory.resolve("blocks-000000");
        byte[] backup = Files.readAllBytes(blocks);
        long height = ledger.height();
        commitBlocks(10);
        ledger.close();
        Files.write(blocks, backup);

        ledger = FileLedger.open(directory, null, null, INTERVAL);

        assertThat(ledger.height()).isEqualTo(height);
        assertThat(ledger.find(ids.getLast())).isEmpty();
        commitBlocks(1);
        assertThat(ledger.height()).isEqualTo(height + 1);
    }

    private void reopen() {
        ledger.close();
        ledger = FileLedger.open(directory, null, null, INTERVAL);
    }

    /** State, ids, history and hashes as text. */
    private String everything() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String id : ids) {
            all.append(id).append(ledger.find(id)).append('\n');
        }
        try (Simulator simulator = ledger.simulate("read")) {
            for (int i = 0; i < KEYS; i++) {
                all.append(simulator.getState(CHAINCODE, "k" + i).toStringUtf8())
                        .append(simulator.history(CHAINCODE, "k" + i))
                        .append('\n');
            }
        }
        for (long number = 0; number < ledger.height(); number++) {
            Block block = ledger.block(number).orElseThrow();
            assertThat(ledger.blockByHash(BlockHashes.headerHash(block.getHeader())))
                    .contains(block);
        }
        return all.append(ledger.definition(CHAINCODE).orElseThrow().policyText())
                .toString();
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(path -> path.getFileName().toString().startsWith("snapshot-"))
                    .toList();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void deleteRecursively(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void commitBlocks(int blocks) throws Exception {
        for (int i = 0; i < blocks; i++) {
            TestTransaction first = randomTransaction();
            TestTransaction second = randomTransaction();
            ids.add(first.id());
            ids.add(second.id());
            CHANNEL.commit(ledger, first.build(), second.build());
        }
    }

    private TestTransaction randomTransaction() throws Simulator.Refused {
        return CHANNEL.transaction(ledger, simulator -> {
            simulator.getState(CHAINCODE, "k" + random.nextInt(KEYS));
            String key = "k" + random.nextInt(KEYS);
            if (random.nextInt(4) == 0) {
                simulator.deleteState(CHAINCODE, key);
            } else {
                simulator.putState(CHAINCODE, key, ByteString.copyFromUtf8("v" + random.nextInt()));
            }
        });
    }
}
