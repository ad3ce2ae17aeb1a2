package io.clearmarket.gateway.epcis.graph;

import io.clearmarket.gateway.epcis.graph.LotBalance.Direction;
import io.clearmarket.gateway.epcis.graph.LotBalance.LotMovement;
import io.clearmarket.gateway.epcis.graph.LotBalance.LotSum;
import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.provenance.Unit;
import io.clearmarket.wallet.json.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Adds up what events say of a lot's quantities. */
@Component
public class LotBalances {
    static final int MOST_EVENTS = 10_000;

    private static final String EVENTS = """
            select distinct on (c.event_time, c.hash) c.event_id, c.event_time, c.party, c.event
            from captured_event c
            where c.facets && array['epcClass=' || :lot, 'inputEPCClass=' || :lot, 'outputEPCClass=' || :lot]
              and (c.facets @> array['type=TransformationEvent'] or c.facets @> array['type=ObjectEvent', 'action=ADD']
                   or c.facets @> array['type=ObjectEvent', 'action=DELETE'])
              and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
            order by c.event_time, c.hash, c.seq limit :limit""";

    private final JdbcClient database;

    public LotBalances(JdbcClient database) {
        this.database = database;
    }

    private record Told(
            String eventId, Instant time, @Nullable String party, JsonNode event) {
        static Told of(ResultSet row, int number) throws SQLException {
            return new Told(
                    row.getString(1),
                    row.getTimestamp(2).toInstant(),
                    row.getString(3),
                    Json.MAPPER.readTree(row.getString(4)));
        }
    }

    /** @param lot any spelling of a lot's, or another class's, identifier */
    public LotBalance of(String lot) {
        String canonical = Values.canonical(lot);
        List<Told> events = database.sql(EVENTS)
                .param("lot", canonical)
                .param("limit", MOST_EVENTS + 1)
                .query(Told::of)
                .list();
        boolean complete = events.size() <= MOST_EVENTS;
        List<LotMovement> movements = new ArrayList<>();
        for (Told told : complete ? events : events.subList(0, MOST_EVENTS)) {
            JsonNode event = told.event();
            if (event.path("type").asString("").equals("TransformationEvent")) {
                add(movements, told, event.path("inputQuantityList"), canonical, Direction.USED);
                add(movements, told, event.path("outputQuantityList"), canonical, Direction.MADE);
            } else {
                boolean begins = event.path("action").asString("").equals("ADD");
                add(movements, told, event.path("quantityList"), canonical, begins ? Direction.MADE : Direction.USED);
            }
        }
        return new LotBalance(canonical, sums(movements), movements, complete);
    }

    private static void add(
            List<LotMovement> movements, Told told, JsonNode quantities, String lot, Direction direction) {
        for (JsonNode element : quantities) {
            if (Values.canonical(element.path("epcClass").asString("")).equals(lot)
                    && element.path("quantity").isNumber()) {
                movements.add(movement(told, element, direction));
            }
        }
    }

    private static LotMovement movement(Told told, JsonNode element, Direction direction) {
        BigDecimal quantity = element.path("quantity").decimalValue();
        String uom = element.path("uom").isString() ? element.path("uom").stringValue() : null;
        Unit unit = Unit.of(uom == null ? Unit.PIECES : uom).orElse(null);
        return new LotMovement(
                direction,
                told.eventId(),
                told.time(),
                told.party(),
                quantity,
                uom,
                unit == null ? null : plain(unit.toBase(quantity)),
                unit == null ? null : unit.base());
    }

    private static List<LotSum> sums(List<LotMovement> movements) {
        Map<String, LotSum> sums = new TreeMap<>();
        for (LotMovement movement : movements) {
            if (movement.convertedUom() != null && movement.converted() != null) {
                boolean made = movement.direction() == Direction.MADE;
                BigDecimal amount = movement.converted();
                sums.merge(
                        movement.convertedUom(),
                        new LotSum(
                                movement.convertedUom(),
                                made ? amount : BigDecimal.ZERO,
                                made ? BigDecimal.ZERO : amount,
                                made ? amount : amount.negate()),
                        LotBalances::plus);
            }
        }
        return List.copyOf(sums.values());
    }

    private static LotSum plus(LotSum a, LotSum b) {
        return new LotSum(
                a.uom(),
                plain(a.made().add(b.made())),
                plain(a.used().add(b.used())),
                plain(a.left().add(b.left())));
    }

    /** Without zeros at the end, and without an exponent. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
