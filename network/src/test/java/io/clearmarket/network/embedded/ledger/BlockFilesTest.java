package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {
    @TempDir
    private Path directory;

    private static Block block(int number) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .setData(BlockData.newBuilder().addData(ByteString.copyFromUtf8("data of " + number)))
                .build();
    }

    private Path file() {
        return directory.resolve("blocks-000000");
    }

    private BlockFiles open(Consumer<Block> onBlock) {
        BlockFiles files = BlockFiles.open(directory);
        try {
            files.recover(new long[0], onBlock);
            return files;
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private List<Block> reopen() {
        List<Block> blocks = new ArrayList<>();
        open(blocks::add).close();
        return blocks;
    }

    private void write(int count) {
        try (BlockFiles files = open(block -> {})) {
            for (int i = 0; i < count; i++) {
                files.append(block(i));
                assertThat(files.read(i)).isEqualTo(block(i));
            }
        }
    }

    @Test
    void blocks_come_back_in_order() {
        write(3);
        assertThat(reopen()).containsExactly(block(0), block(1), block(2));
    }

    @Test
    void a_torn_tail_is_cut_off_wherever_it_was_torn_and_writing_goes_on() throws IOException {
        write(2);
        long whole = Files.size(file());
        write3rd();
        byte[] all = Files.readAllBytes(file());
        for (int cut = (int) whole; cut < all.length; cut++) {
            Files.write(file(), Arrays.copyOf(all, cut));
            assertThat(reopen()).hasSize(2);
            assertThat(Files.size(file())).isEqualTo(whole);
        }
        write3rd();
        assertThat(reopen()).containsExactly(block(0), block(1), block(2));
    }

    private void write3rd() {
        try (BlockFiles files = open(block -> {})) {
            files.append(block(2));
        }
    }

    @Test
    void a_last_frame_of_the_right_length_with_unwritten_pages_is_torn_too() throws IOException {
        write(2);
        byte[] all = Files.readAllBytes(file());
        int half = all.length - 5;
        Arrays.fill(all, half, all.length, (byte) 0);
        Files.write(file(), all);
        assertThat(reopen()).containsExactly(block(0));
        Files.write(file(), new byte[100], StandardOpenOption.APPEND);
        assertThat(reopen()).containsExactly(block(0));
    }

    @Test
    void damage_before_the_tail_is_refused_not_cut_off() throws IOException {
        write(3);
        byte[] all = Files.readAllBytes(file());
        int second = BlockFrame.of(block(0)).length;
        // in the length, in its checksum, in the content's checksum, in the content
        for (int at : new int[] {second, second + 5, second + 9, second + 15}) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x10;
            Files.write(file(), damaged);
            assertThatThrownBy(this::reopen)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("damaged at byte " + second);
            assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
        }
    }
}
