package io.clearmarket.gateway.attester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.fabric.LedgerBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockViewTest {
    @TempDir
    Path folder;

    @Test
    void a_block_that_does_not_follow_the_one_before_is_not_believed() throws Exception {
        try (BlockView view = BlockView.open(folder.resolve("decided.jsonl"))) {
            view.onBlock(block(0, "genesis", Digest.ZERO));
            assertThatThrownBy(() -> view.onBlock(block(1, "b1", hash("another"))))
                    .hasMessage("my peer's block 1 does not follow block 0 as I read it");
            assertThatThrownBy(() -> view.onBlock(block(2, "b2", hash("genesis"))))
                    .hasMessage("my peer's block 2 does not follow block 0 as I read it");
            view.onBlock(block(1, "b1", hash("genesis")));
            assertThat(view.block()).isEqualTo(1);
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_begun_anew() throws Exception {
        Path file = Files.writeString(folder.resolve("decided.jsonl"), "no JSON\n");
        try (BlockView view = BlockView.open(file)) {
            assertThat(view.block()).isEqualTo(-1);
            view.onBlock(block(0, "genesis", Digest.ZERO));
        }
    }

    private static LedgerBlock block(long number, String content, Digest previous) {
        return new LedgerBlock(number, hash(content), previous, Instant.EPOCH, List.of());
    }

    private static Digest hash(String content) {
        return Digest.sha256(content);
    }
}
