package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.gateway.fabric.Endorser;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Database rows as what they stand for. */
final class Rows {
    private static final TypeReference<List<Endorser>> ENDORSERS = new TypeReference<>() {};

    private Rows() {}

    static Consignment consignment(ResultSet row, int number) throws SQLException {
        return Json.MAPPER.readValue(row.getString(1), Consignment.class);
    }

    static Version version(ResultSet row, int number) throws SQLException {
        String by = row.getString(4);
        String value = row.getString(9);
        return new Version(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                by == null ? null : new PartyId(by),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getString(7),
                row.getString(8),
                value == null ? null : Json.MAPPER.readTree(value),
                Json.MAPPER.readValue(row.getString(10), ENDORSERS));
    }

    static MarketEvent marketEvent(ResultSet row, int number) throws SQLException {
        String order = row.getString(9);
        String consignment = row.getString(10);
        return new MarketEvent(
                new EventPosition(row.getLong(1), row.getInt(2), row.getInt(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(12),
                new PartyId(row.getString(7)),
                row.getTimestamp(8).toInstant(),
                order == null ? null : new OrderId(order),
                consignment == null ? null : new ConsignmentId(consignment),
                Json.MAPPER.readTree(row.getString(11)));
    }
}
