package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Parts of lists: one row more than wanted is read, and tells whether there is a next part. */
final class Paging {
    private Paging() {}

    /** @throws InvalidQuery if the limit is out of its range */
    static int limit(int wanted) {
        if (wanted < 1 || wanted > ReadModel.MAX_LIMIT) {
            throw new InvalidQuery("limit", Integer.toString(wanted), "from 1 to " + ReadModel.MAX_LIMIT);
        }
        return wanted;
    }

    static <T> Page<T> page(List<Row> rows, int limit, Class<T> type) {
        return page(rows, limit, Row::cursor).map(row -> Json.MAPPER.readValue(row.json(), type));
    }

    /** @param cursor the place of the last item that is shown */
    static <T> Page<T> page(List<T> rows, int limit, Function<T, Cursor> cursor) {
        boolean more = rows.size() > limit;
        List<T> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown, more ? cursor.apply(shown.getLast()).encode() : null);
    }

    /** Columns: value, created block, created index, id. */
    static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getString(1), new Cursor(row.getLong(2), row.getInt(3), row.getString(4)));
    }

    record Row(String json, Cursor cursor) {}
}
