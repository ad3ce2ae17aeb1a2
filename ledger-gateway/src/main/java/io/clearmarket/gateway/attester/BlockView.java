package io.clearmarket.gateway.attester;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.BlockListener;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.settlement.attester.Decided;
import io.clearmarket.gateway.settlement.attester.PeerView;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What its organisation's peer has shown as decided, block by block, each one linked to the one before, across restarts too. It is kept in
 * {@code decided.jsonl}, so that a restart goes on where it was; what is lost of that file is read from the peer again.
 */
final class BlockView implements PeerView, BlockListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockView.class);

    private final Map<ConsignmentId, Decided> newest = new ConcurrentHashMap<>();
    private final Journal journal;
    private volatile Read last = new Read(-1, Digest.ZERO, List.of());

    /** A line of the file: a block with decisions. Those without have none. */
    private record Read(long block, Digest hash, List<Decided> decided) {}

    private BlockView(Path file) throws IOException {
        this.journal = Journal.open(file, bytes -> apply(Json.MAPPER.readValue(bytes, Read.class)));
    }

    /** Opens the file; one that can't be read is begun anew. */
    static BlockView open(Path file) throws IOException {
        try {
            return new BlockView(file);
        } catch (IOException e) {
            LOG.warn("All blocks are read again: {}", e.getMessage());
            Files.delete(file);
            return new BlockView(file);
        }
    }

    /** The newest block that was read; -1 for none. */
    long block() {
        return last.block();
    }

    @Override
    public Map<ConsignmentId, Decided> decided(List<ConsignmentId> ids) {
        Map<ConsignmentId, Decided> found = new LinkedHashMap<>();
        for (ConsignmentId id : ids) {
            Optional.ofNullable(newest.get(id)).ifPresent(decided -> found.put(id, decided));
        }
        return found;
    }

    @Override
    public void onBlock(LedgerBlock block) throws IOException {
        Read before = last;
        if (block.number() != before.block() + 1
                || (before.block() >= 0 && !block.previousHash().equals(before.hash()))) {
            throw new IllegalStateException(
                    "my peer's block " + block.number() + " does not follow block " + before.block() + " as I read it");
        }
        Map<ConsignmentId, Decided> changed = new LinkedHashMap<>();
        block.transactions().stream()
                .flatMap(transaction -> transaction.writes().stream())
                .filter(write -> write.kind() == RecordKind.CONSIGNMENT)
                .flatMap(write -> Optional.ofNullable(write.value()).stream())
                .flatMap(value -> Decided.of(Json.MAPPER.readValue(value, Consignment.class)).stream())
                .filter(decided -> !decided.equals(newest.get(decided.id())))
                .forEach(decided -> changed.put(decided.id(), decided));
        Read now = new Read(block.number(), block.hash(), List.copyOf(changed.values()));
        if (!changed.isEmpty()) {
            journal.append(Json.MAPPER.writeValueAsBytes(now), false);
        }
        apply(now);
    }

    private void apply(Read read) {
        read.decided().forEach(decided -> newest.put(decided.id(), decided));
        last = new Read(read.block(), read.hash(), List.of());
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
