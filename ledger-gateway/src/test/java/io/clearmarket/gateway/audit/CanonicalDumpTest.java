package io.clearmarket.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.wallet.json.Json;
import org.junit.jupiter.api.Test;

class CanonicalDumpTest {

    @Test
    void two_runs_with_other_keys_and_times_have_the_same_dump() {
        LedgersFixture first = new LedgersFixture("11", "2026-01-01T00:00:00Z");
        LedgersFixture second = new LedgersFixture("ab", "2026-02-03T04:05:06Z");
        assertThat(dump(second)).isEqualTo(dump(first));
    }

    @Test
    void runs_that_decided_another_amount_have_different_dumps() {
        LedgersFixture other =
                new LedgersFixture().with(both -> both.decision(2).put("buyer", "99"));
        assertThat(dump(other)).isNotEqualTo(dump(new LedgersFixture()));
    }

    @Test
    void runs_that_paid_another_amount_on_the_chain_have_different_dumps() {
        LedgersFixture other = new LedgersFixture();
        other.status = new EscrowStatus(Amount.of(904), Amount.ZERO, true, false, false, false);
        assertThat(dump(other)).isNotEqualTo(dump(new LedgersFixture()));
    }

    @Test
    void the_shops_own_ids_stay_and_lines_are_sorted() {
        assertThat(dump(new LedgersFixture()).lines())
                .isSorted()
                .allSatisfy(line -> assertThat(line).contains(" " + LedgersFixture.ID + " "))
                .anySatisfy(line -> assertThat(line).contains("\"product\":\"" + "a".repeat(32) + "\""));
    }

    @Test
    void keys_hashes_and_ledger_times_are_hidden_and_history_stays() {
        String masked = Mask.of(Json.MAPPER.readTree("""
                        {"eventId":"ni:///sha-256;%s?ver=CBV2.0","eventTime":"2017-10-02T10:56:33Z",
                        "recordedAt":"2026-01-01T00:00:00Z","certificate":"-----BEGIN","by":"%s","score":5,
                        "wallet":"0xAb12"}""".formatted("1f".repeat(32), "2e".repeat(32))))
                .toString();
        assertThat(masked)
                .isEqualTo("{\"eventId\":\"ni:///sha-256;#?ver=CBV2.0\",\"eventTime\":\"2017-10-02T10:56:33Z\","
                        + "\"recordedAt\":\"#\",\"certificate\":\"#\",\"by\":\"#\",\"score\":5,\"wallet\":\"#\"}");
    }

    private static String dump(LedgersFixture both) {
        return CanonicalDump.text(both.ledger(), both.chain());
    }
}
