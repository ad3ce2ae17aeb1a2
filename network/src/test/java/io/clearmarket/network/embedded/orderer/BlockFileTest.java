package io.clearmarket.network.embedded.orderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void three_blocks() throws IOException {
        file = directory.resolve("blocks.bin");
        try (BlockFile blocks = BlockFile.open(file)) {
            for (int i = 0; i < 3; i++) {
                blocks.append(block(i));
            }
        }
    }

    @Test
    void blocks_are_read_back_after_reopening() throws IOException {
        try (BlockFile blocks = BlockFile.open(file)) {
            assertThat(blocks.height()).isEqualTo(3);
            assertThat(blocks.read(1)).isEqualTo(block(1));
        }
    }

    @Test
    void a_torn_last_block_is_cut_off_wherever_it_was_torn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int last = whole.length / 3;
        for (int torn = 1; torn < last; torn++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - torn));
            try (BlockFile blocks = BlockFile.open(file)) {
                assertThat(blocks.height()).isEqualTo(2);
                blocks.append(block(2));
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void damage_before_the_last_block_is_refused_instead_of_cut_off() throws IOException {
        Files.delete(index());
        damage(20);

        assertThatThrownBy(() -> BlockFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged at block 0");
    }

    @Test
    void known_blocks_are_not_read_on_opening_but_checked_when_they_are_asked_for() throws IOException {
        damage(20);

        try (BlockFile blocks = BlockFile.open(file)) {
            assertThat(blocks.height()).isEqualTo(3);
            assertThat(blocks.read(2)).isEqualTo(block(2));
            assertThatThrownBy(() -> blocks.read(0)).hasMessageContaining("damaged");
        }
    }

    @Test
    void an_index_that_is_torn_behind_or_wrong_does_no_harm() throws IOException {
        byte[] good = Files.readAllBytes(index());
        long frame = Files.size(file) / 3;
        List<byte[]> others = List.of(
                new byte[0],
                Arrays.copyOf(good, 11),
                Arrays.copyOf(good, 16),
                Arrays.copyOf(good, 40),
                ByteBuffer.allocate(16).putLong(0).putLong(frame + 1).array(),
                ByteBuffer.allocate(16).putLong(0).putLong(2 * frame).array(),
                ByteBuffer.allocate(16).putLong(0).putLong(1 << 20).array());
        for (byte[] other : others) {
            Files.write(index(), other);
            try (BlockFile blocks = BlockFile.open(file)) {
                assertThat(blocks.height()).isEqualTo(3);
                assertThat(blocks.read(1)).isEqualTo(block(1));
            }
            assertThat(Files.readAllBytes(index())).isEqualTo(good);
        }
    }

    private Path index() {
        return directory.resolve("blocks.bin.index");
    }

    private void damage(int at) throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        damaged[at] ^= 1;
        Files.write(file, damaged);
    }

    private static Block block(int number) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .setData(BlockData.newBuilder().addData(ByteString.copyFromUtf8("transaction " + number)))
                .build();
    }
}
