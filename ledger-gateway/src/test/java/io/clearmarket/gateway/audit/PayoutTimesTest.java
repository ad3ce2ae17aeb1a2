package io.clearmarket.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerSnapshot;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayoutTimesTest {
    private static final Instant DECIDED = Instant.parse("2026-01-01T00:00:00Z");

    private final LedgersFixture ledgers = new LedgersFixture();
    private final List<LedgerTransaction> transactions = new ArrayList<>();

    @Test
    void each_decision_is_timed_until_both_sides_have_what_it_says() {
        at(0, true, "0", "0");
        at(3, true, "903", "0");
        at(8, true, "903", "100");
        assertThat(times()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(8));
    }

    @Test
    void what_is_written_again_after_it_was_paid_is_not_timed_again() {
        at(3, true, "903", "100");
        at(9, true, "903", "100");
        assertThat(times()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    @Test
    void an_invalid_transaction_pays_nothing() {
        at(3, false, "903", "100");
        assertThat(times()).isEmpty();
    }

    @Test
    void a_payout_by_a_clock_that_is_behind_takes_no_time() {
        at(-2, true, "903", "0");
        assertThat(times()).containsExactly(Duration.ZERO);
    }

    private List<Duration> times() {
        return PayoutTimes.of(new LedgerSnapshot(
                1, Digest.ZERO, List.of(new LedgerBlock(0, Digest.ZERO, Digest.ZERO, Instant.EPOCH, transactions))));
    }

    /** A transaction so many seconds after the decisions that leaves the consignment with these amounts seen paid. */
    private void at(int seconds, boolean valid, String paidGross, String paidBuyer) {
        ledgers.money().put("paidGross", paidGross).put("paidBuyer", paidBuyer);
        PartyId attester = new PartyId("11".repeat(32));
        Instant at = DECIDED.plusSeconds(seconds);
        Write write = new Write(
                RecordKind.CONSIGNMENT,
                List.of(LedgersFixture.ID),
                ledgers.consignment.toString().getBytes(UTF_8));
        transactions.add(new LedgerTransaction(
                transactions.size(),
                "tx" + transactions.size(),
                valid,
                valid ? "VALID" : "MVCC_READ_CONFLICT",
                attester,
                "AuditMSP",
                at,
                List.of(write),
                "",
                List.of(),
                new DomainEvent(
                        "consignment.paid",
                        "recordPaid",
                        new CommandId("paid-" + transactions.size() + "-command"),
                        attester,
                        "AuditMSP",
                        at,
                        null,
                        null,
                        List.of(),
                        List.of()),
                List.of()));
    }
}
