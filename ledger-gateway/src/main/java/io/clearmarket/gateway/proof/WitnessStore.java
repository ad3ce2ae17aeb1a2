package io.clearmarket.gateway.proof;

import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What witnesses must not forget: how far each has read, its tree, and what it cosigned last. */
@Component
class WitnessStore {
    private static final String ZERO_HASH = "0".repeat(64);
    private static final String STATE = """
            select next_block, last_hash, size, subtrees, cosigned_size, cosigned_root from witness where name = ?""";

    private final JdbcClient database;

    WitnessStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * A witness's memory.
     *
     * @param nextBlock the block that comes next
     * @param lastHash the hash that it must name as its previous one
     * @param size of its own tree
     * @param subtrees of its own tree, as {@link CompactRange} saves them
     * @param cosignedSize of the checkpoint that it cosigned last, 0 if it never did
     * @param cosignedRoot the root of that
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record State(long nextBlock, String lastHash, long size, byte[] subtrees, long cosignedSize, Hash cosignedRoot) {
        CompactRange tree() {
            return CompactRange.restore(size, subtrees);
        }
    }

    /** A witness's memory; empty at first. */
    State state(String name) {
        return read(name, STATE);
    }

    /** The same, held until the end of the transaction. */
    State lock(String name) {
        return read(name, STATE + " for update");
    }

    private State read(String name, String query) {
        return find(name, query).orElseGet(() -> {
            database.sql("""
                            insert into witness (name, next_block, last_hash, size, subtrees, cosigned_size, cosigned_root)
                            values (?, 0, ?, 0, '', 0, ?) on conflict (name) do nothing""").params(name, ZERO_HASH, Merkle.EMPTY_ROOT.hex()).update();
            return find(name, query).orElseThrow();
        });
    }

    private Optional<State> find(String name, String query) {
        return database.sql(query)
                .param(name)
                .query((row, i) -> new State(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getBytes(4),
                        row.getLong(5),
                        hash(row.getString(6))))
                .optional();
    }

    /** Remembers the tree at the end of a block. */
    void save(String name, long nextBlock, String lastHash, CompactRange tree) {
        database.sql("update witness set next_block = ?, last_hash = ?, size = ?, subtrees = ? where name = ?")
                .params(nextBlock, lastHash, tree.size(), tree.save(), name)
                .update();
        database.sql("insert into witness_root (name, size, root) values (?, ?, ?) on conflict do nothing")
                .params(name, tree.size(), tree.root().hex())
                .update();
    }

    /** The root of its own tree at a size that was the end of a block. */
    Optional<Hash> root(String name, long size) {
        return database.sql("select root from witness_root where name = ? and size = ?")
                .params(name, size)
                .query((row, i) -> hash(row.getString(1)))
                .optional();
    }

    /** Remembers what it is about to cosign; smaller trees will not be asked for again. */
    void cosigned(String name, Checkpoint checkpoint) {
        database.sql("update witness set cosigned_size = ?, cosigned_root = ? where name = ?")
                .params(checkpoint.size(), checkpoint.root().hex(), name)
                .update();
        database.sql("delete from witness_root where name = ? and size < ?")
                .params(name, checkpoint.size())
                .update();
    }

    private static Hash hash(String hex) {
        return Hash.of(HexFormat.of().parseHex(hex));
    }
}
