package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/** Checkouts in the gateway's database. */
@Repository
class CheckoutStore {
    private static final String COLUMNS =
            "select id, merchant, managed, order_id, draft, pay_by, return_url, challenge, buyer,"
                    + " msp_id, certificate, terms, merchant_signature, withdrawn_at from checkout ";

    private final JdbcClient database;

    CheckoutStore(JdbcClient database) {
        this.database = database;
    }

    /** Stores it; false, and nothing is stored, if the merchant has one for this order already. */
    boolean insert(Checkout checkout) {
        URI url = checkout.returnUrl();
        return database.sql("""
                        insert into checkout (id, merchant, managed, order_id, draft, pay_by, return_url, created_at, challenge)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (merchant, order_id) do nothing""")
                        .param(checkout.id())
                        .param(checkout.merchant().value())
                        .param(checkout.managed())
                        .param(checkout.orderId().value())
                        .param(Json.MAPPER.writeValueAsString(checkout.draft()))
                        .param(Timestamp.from(checkout.payBy()))
                        .param(url == null ? null : url.toString())
                        .param(Timestamp.from(Instant.now()))
                        .param(checkout.challenge())
                        .update()
                == 1;
    }

    Optional<Checkout> find(String id) {
        return database.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(CheckoutStore::checkout)
                .optional();
    }

    /** The same, held until the transaction ends. */
    Optional<Checkout> lock(String id) {
        return database.sql(COLUMNS + "where id = ? for update")
                .param(id)
                .query(CheckoutStore::checkout)
                .optional();
    }

    Optional<Checkout> find(PartyId merchant, OrderId order) {
        return database.sql(COLUMNS + "where merchant = ? and order_id = ?")
                .params(merchant.value(), order.value())
                .query(CheckoutStore::checkout)
                .optional();
    }

    void take(String id, Checkout.Taken taken, String nextChallenge) {
        database.sql("""
                        update checkout set challenge = ?, buyer = ?, msp_id = ?, certificate = ?, terms = ?,
                                            merchant_signature = ?
                        where id = ?""")
                .params(
                        nextChallenge,
                        taken.buyer().value(),
                        taken.mspId(),
                        taken.certificate(),
                        Json.MAPPER.writeValueAsString(taken.terms()),
                        taken.merchantSignature(),
                        id)
                .update();
    }

    /** Calls it off; one that is called off already stays so. */
    void withdraw(String id) {
        database.sql("update checkout set withdrawn_at = coalesce(withdrawn_at, ?) where id = ?")
                .params(Timestamp.from(Instant.now()), id)
                .update();
    }

    private static Checkout checkout(ResultSet row, int number) throws SQLException {
        String url = row.getString("return_url");
        return new Checkout(
                row.getString("id"),
                new PartyId(row.getString("merchant")),
                row.getString("managed"),
                new OrderId(row.getString("order_id")),
                (ObjectNode) Json.MAPPER.readTree(row.getString("draft")),
                row.getTimestamp("pay_by").toInstant(),
                url == null ? null : URI.create(url),
                row.getString("challenge"),
                taken(row),
                row.getTimestamp("withdrawn_at") != null);
    }

    private static Checkout.@Nullable Taken taken(ResultSet row) throws SQLException {
        String buyer = row.getString("buyer");
        return buyer == null
                ? null
                : new Checkout.Taken(
                        new PartyId(buyer),
                        row.getString("msp_id"),
                        row.getString("certificate"),
                        Json.MAPPER.readValue(row.getString("terms"), Terms.class),
                        row.getString("merchant_signature"));
    }
}
