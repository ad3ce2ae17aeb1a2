package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.fabric.Endorser;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The blocks that the read model was made from, and every transaction of each, valid or not. */
@Repository
public class BlockLog {
    private final JdbcClient database;

    BlockLog(JdbcClient database) {
        this.database = database;
    }

    /** A block's header. */
    public record Block(long number, String hash, String previousHash, int transactions) {}

    /**
     * A transaction.
     *
     * @param id empty where the block names none
     * @param code Fabric's validation code
     * @param command the command's name; absent for one that did nothing of this market
     * @param consignment the one it is about
     */
    public record Transaction(
            int index,
            String id,
            boolean valid,
            String code,
            @Nullable PartyId creator,
            String creatorMsp,
            Instant at,
            @Nullable String command,
            @Nullable ConsignmentId consignment,
            List<Endorser> endorsers) {
        public Transaction {
            endorsers = List.copyOf(endorsers);
        }
    }

    /** The newest blocks, newest first. */
    public List<Block> newest(@Nullable Long before, int limit) {
        return database.sql("""
                        select number, hash, previous_hash, transactions from block
                        where number < ? order by number desc limit ?""")
                .params(before == null ? Long.MAX_VALUE : before, Paging.limit(limit))
                .query((row, i) -> block(row))
                .list();
    }

    /** One block. */
    public Optional<Block> find(long number) {
        return database.sql("select number, hash, previous_hash, transactions from block where number = ?")
                .param(number)
                .query((row, i) -> block(row))
                .optional();
    }

    /** The transactions of a block, in its order. */
    public List<Transaction> transactions(long block) {
        return database.sql("""
                        select t.tx_index, t.id, t.valid, t.code, t.creator, t.creator_msp, t.at, e.command,
                               e.consignment_id, t.endorsers
                        from ledger_transaction t left join domain_event e using (block, tx_index)
                        where t.block = ? order by t.tx_index""")
                .param(block)
                .query((row, i) -> transaction(row))
                .list();
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4));
    }

    private static Transaction transaction(ResultSet row) throws SQLException {
        String creator = row.getString(5);
        String consignment = row.getString(9);
        return new Transaction(
                row.getInt(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                creator == null ? null : new PartyId(creator),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getString(8),
                consignment == null ? null : new ConsignmentId(consignment),
                Json.MAPPER.readValue(row.getString(10), new TypeReference<List<Endorser>>() {}));
    }
}
