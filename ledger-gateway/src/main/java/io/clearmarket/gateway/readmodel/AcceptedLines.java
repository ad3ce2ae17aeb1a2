package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps the lines that buyers accepted, each with its product and the score of its review, so that a rating is one sum. */
@Component
@Order(AcceptedLines.AFTER_THE_RECORDS)
class AcceptedLines implements BlockProjection {
    static final int AFTER_THE_RECORDS = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final String ACCEPTED = """
            insert into accepted_line (consignment_id, line, merchant, gtin)
            select c.id[1], (line ->> 'line')::int, c.value ->> 'merchant', line ->> 'gtin'
            from record c
            join record t on t.kind = 'TERMS' and t.id = c.id
            cross join lateral jsonb_array_elements(t.value -> 'terms' -> 'lines') line
            where c.kind = 'CONSIGNMENT' and c.id in (select array[one] from unnest(?::text[]) one)
              and c.value -> 'acceptedLines' @> (line -> 'line')
            on conflict do nothing""";
    private static final String REVIEWED = "update accepted_line set score = ? where consignment_id = ? and line = ?";

    private final JdbcTemplate database;

    AcceptedLines(JdbcTemplate database) {
        this.database = database;
    }

    @Override
    public void apply(LedgerBlock block) {
        Set<String> accepted = new TreeSet<>();
        List<Object[]> reviewed = new ArrayList<>();
        for (LedgerTransaction transaction : block.transactions()) {
            for (Write write : transaction.valid() ? transaction.writes() : List.<Write>of()) {
                add(write, accepted, reviewed);
            }
        }
        if (!accepted.isEmpty()) {
            database.update(ACCEPTED, (Object) accepted.toArray(String[]::new));
        }
        if (!reviewed.isEmpty()) {
            database.batchUpdate(REVIEWED, reviewed);
        }
    }

    @Override
    public void reset() {
        database.execute("truncate accepted_line");
    }

    private static void add(Write write, Set<String> accepted, List<Object[]> reviewed) {
        byte[] value = write.value();
        if (value == null) {
            return;
        }
        if (write.kind() == RecordKind.CONSIGNMENT) {
            if (!Json.MAPPER.readTree(value).path("acceptedLines").isEmpty()) {
                accepted.add(write.id().getFirst());
            }
        } else if (write.kind() == RecordKind.REVIEW) {
            JsonNode review = Json.MAPPER.readTree(value);
            reviewed.add(new Object[] {
                review.path("score").asInt(),
                write.id().getFirst(),
                review.path("line").asInt()
            });
        }
    }
}
