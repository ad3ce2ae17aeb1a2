package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Transfers in the gateway's database. */
@Repository
class TransferStore {
    private static final String COLUMNS =
            "select id, epc, owner, expires_at, withdrawn, chosen from ownership_transfer ";

    private final JdbcClient database;

    TransferStore(JdbcClient database) {
        this.database = database;
    }

    void insert(Transfer transfer) {
        database.sql("""
                        insert into ownership_transfer (id, epc, owner, created_at, expires_at) values (?, ?, ?, ?, ?)""")
                .params(
                        transfer.id(),
                        transfer.epc().uri(),
                        transfer.owner().value(),
                        Timestamp.from(Instant.now()),
                        Timestamp.from(transfer.expiresAt()))
                .update();
    }

    Optional<Transfer> find(String id) {
        return one(COLUMNS + "where id = ?", id);
    }

    /** The same, held until the transaction ends. */
    Optional<Transfer> lock(String id) {
        return one(COLUMNS + "where id = ? for update", id);
    }

    /** The owner's of this item, newest first; those that were called off are left out. */
    List<Transfer> of(PartyId owner, Epc epc) {
        return database.sql(COLUMNS + "where epc = ? and owner = ? and not withdrawn order by created_at desc, id")
                .params(epc.uri(), owner.value())
                .query(this::transfer)
                .list();
    }

    /** Keeps a taker's word; the one that they gave before stands. */
    void give(String id, Transfer.Word word) {
        database.sql("""
                        insert into ownership_taker (transfer, party, hand_over, signature, given_at)
                        values (?, ?, ?, ?, ?) on conflict (transfer, party) do nothing""")
                .params(
                        id,
                        word.party().value(),
                        Json.MAPPER.writeValueAsString(word.handOver()),
                        word.signature(),
                        Timestamp.from(Instant.now()))
                .update();
    }

    void choose(String id, PartyId taker) {
        database.sql("update ownership_transfer set chosen = ? where id = ?")
                .params(taker.value(), id)
                .update();
    }

    /** The takers' words go with it. */
    void withdraw(String id) {
        database.sql("update ownership_transfer set withdrawn = true where id = ?")
                .param(id)
                .update();
        database.sql("delete from ownership_taker where transfer = ?").param(id).update();
    }

    private Optional<Transfer> one(String query, String id) {
        return database.sql(query).param(id).query(this::transfer).optional();
    }

    private Transfer transfer(ResultSet row, int number) throws SQLException {
        String id = row.getString("id");
        String chosen = row.getString("chosen");
        return new Transfer(
                id,
                new Epc(row.getString("epc")),
                new PartyId(row.getString("owner")),
                row.getTimestamp("expires_at").toInstant(),
                row.getBoolean("withdrawn"),
                chosen == null ? null : new PartyId(chosen),
                words(id));
    }

    private List<Transfer.Word> words(String id) {
        return database.sql("""
                        select party, hand_over, signature from ownership_taker where transfer = ?
                        order by given_at, party""")
                .param(id)
                .query((row, number) -> new Transfer.Word(
                        new PartyId(row.getString(1)),
                        Json.MAPPER.readValue(row.getString(2), HandOver.class),
                        row.getString(3)))
                .list();
    }
}
