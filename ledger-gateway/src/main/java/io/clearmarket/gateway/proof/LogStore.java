package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log's leaves and tiles in the database. Nothing here is ever changed but the last tile of each level. */
@Component
class LogStore {
    private static final String LEAF = """
            insert into log_leaf (index, block, tx_index, write_index, tx_id, creator, namespace, key, value)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String TILE = """
            insert into log_tile (level, tile, hashes) values (?, ?, ?)
            on conflict (level, tile) do update set hashes = excluded.hashes""";
    private static final String LEAF_COLUMNS =
            "select index, block, tx_index, write_index, tx_id, creator, namespace, key, value from log_leaf ";

    private final JdbcTemplate batches;
    private final JdbcClient database;
    private final Leaves leaves;

    LogStore(JdbcTemplate batches, JdbcClient database, Leaves leaves) {
        this.batches = batches;
        this.database = database;
        this.leaves = leaves;
    }

    /** A leaf and where it is. */
    record Placed(long index, LogLeaf leaf) {}

    /** Number of leaves. */
    long size() {
        return database.sql("select coalesce(max(index) + 1, 0) from log_leaf")
                .query(Long.class)
                .single();
    }

    /** Adds leaves at the end; inside the caller's transaction. */
    void append(List<LogLeaf> added) {
        if (added.isEmpty()) {
            return;
        }
        long size = size();
        List<Object[]> rows = new ArrayList<>();
        List<Hash> hashes = new ArrayList<>();
        for (LogLeaf leaf : added) {
            rows.add(row(size + rows.size(), leaf));
            hashes.add(leaf.hash());
        }
        batches.batchUpdate(LEAF, rows);
        appendHashes(0, size, hashes);
    }

    /** Adds hashes to a level's tiles, and the roots of tiles that became full to the level above. */
    private void appendHashes(int level, long size, List<Hash> hashes) {
        List<Object[]> tiles = new ArrayList<>();
        List<Hash> full = new ArrayList<>();
        long at = size;
        int taken = 0;
        while (taken < hashes.size()) {
            long tile = at / TileTree.TILE_WIDTH;
            int present = (int) (at % TileTree.TILE_WIDTH);
            int added = Math.min(TileTree.TILE_WIDTH - present, hashes.size() - taken);
            byte[] before = present == 0 ? new byte[0] : tile(level, tile);
            byte[] after = Arrays.copyOf(before, (present + added) * Hash.BYTES);
            for (int i = 0; i < added; i++) {
                System.arraycopy(hashes.get(taken + i).bytes(), 0, after, (present + i) * Hash.BYTES, Hash.BYTES);
            }
            tiles.add(new Object[] {level, tile, after});
            if (present + added == TileTree.TILE_WIDTH) {
                full.add(TileTree.full(after));
            }
            at += added;
            taken += added;
        }
        batches.batchUpdate(TILE, tiles);
        if (!full.isEmpty()) {
            appendHashes(level + 1, size / TileTree.TILE_WIDTH, full);
        }
    }

    /** Forgets all; every block comes again. */
    void clear() {
        batches.execute("truncate log_leaf, log_tile");
    }

    /** A tree over the tiles as they are now, which reads each tile once; for one request. */
    TileTree tree() {
        Map<List<Long>, byte[]> read = new HashMap<>();
        return new TileTree(
                (level, tile) -> read.computeIfAbsent(List.of((long) level, tile), key -> tile(level, tile)));
    }

    /** A tile as far as it is filled. */
    Optional<byte[]> findTile(int level, long tile) {
        return database.sql("select hashes from log_tile where level = ? and tile = ?")
                .params(level, tile)
                .query((row, i) -> row.getBytes(1))
                .optional();
    }

    private byte[] tile(int level, long tile) {
        return findTile(level, tile)
                .orElseThrow(() -> new IllegalStateException("the log has no tile " + tile + " at level " + level));
    }

    /** The newest leaf of a key before an index; its value is the record as of that size of the log. */
    Optional<Placed> newest(String namespace, String key, long before) {
        return database.sql(LEAF_COLUMNS + "where key = ? and namespace = ? and index < ? order by index desc limit 1")
                .params(key.getBytes(UTF_8), namespace, before)
                .query((row, i) -> placed(row))
                .optional();
    }

    /** Leaves from one index up to another, which is not among them. */
    List<LogLeaf> leaves(long from, long to) {
        return database.sql(LEAF_COLUMNS + "where index >= ? and index < ? order by index")
                .params(from, to)
                .query((row, i) -> placed(row).leaf())
                .list();
    }

    private Placed placed(ResultSet row) throws SQLException {
        return new Placed(
                row.getLong("index"),
                new LogLeaf(
                        leaves.network(),
                        leaves.channel(),
                        row.getLong("block"),
                        row.getInt("tx_index"),
                        row.getInt("write_index"),
                        row.getString("tx_id"),
                        row.getString("creator"),
                        row.getString("namespace"),
                        new String(row.getBytes("key"), UTF_8),
                        row.getString("value")));
    }

    private static Object[] row(long index, LogLeaf leaf) {
        return new Object[] {
            index,
            leaf.block(),
            leaf.transaction(),
            leaf.write(),
            leaf.transactionId(),
            leaf.creator(),
            leaf.namespace(),
            leaf.key().getBytes(UTF_8),
            leaf.value()
        };
    }
}
