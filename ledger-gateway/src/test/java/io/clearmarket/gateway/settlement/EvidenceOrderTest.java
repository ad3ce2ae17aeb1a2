package io.clearmarket.gateway.settlement;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Anybody may deposit into the contract on terms of their own; the ledger never hears of those escrows. */
class EvidenceOrderTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LIMIT = 10;

    private final TestDatabase database = TestDatabase.create();
    private final FactStore facts = new JdbcFactStore(database.client(), database.transaction());

    @Test
    void deposits_for_no_order_hold_up_no_evidence_of_one() {
        LedgerFixture ledger = new LedgerFixture();
        Digest escrow = ledger.place("order-0001", MERCHANT).escrowId();
        new ReadModelFixture(database).apply(ledger.seal());
        List<Evidence.Seen> all = Stream.concat(
                        Stream.iterate(0, i -> i + 1)
                                .limit(3 * LIMIT)
                                .map(i -> deposit(Digest.sha256(("foreign " + i).getBytes(UTF_8)), i)),
                        Stream.of(deposit(escrow, 3 * LIMIT)))
                .toList();
        facts.store(all, new BlockRef(3 * LIMIT, Digest.ZERO, TIME));

        assertThat(facts.due(LIMIT))
                .hasSize(LIMIT)
                .first()
                .satisfies(first -> assertThat(first.seen().escrowId()).isEqualTo(escrow));
        facts.recorded(all.getLast());
        assertThat(facts.due(LIMIT)).extracting(FactStore.Waiting::seen).isEqualTo(all.subList(0, LIMIT));
    }

    private static Evidence.Seen deposit(Digest escrow, int block) {
        return new Evidence.Seen(
                1,
                EthAddress.ZERO,
                escrow,
                Evidence.Kind.DEPOSIT,
                Amount.of(3),
                Amount.ZERO,
                Amount.ZERO,
                Digest.sha256(("transaction " + block).getBytes(UTF_8)),
                0,
                block,
                Digest.sha256(("block " + block).getBytes(UTF_8)),
                TIME);
    }
}
