package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Decision;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerSnapshot;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long it takes from a decision on the ledger to the ledger's word that it was paid, both by the ledger's own times. */
public final class PayoutTimes {
    private final Map<ConsignmentId, Ledgered> standing = new HashMap<>();
    private final List<Duration> times = new ArrayList<>();

    private PayoutTimes() {}

    /**
     * Of every decision that was paid, in the order of the ledger; parameters as for {@link Recheck#ledger}.
     *
     * @return none is negative: clients' clocks differ by less than a payout takes, and where they do not, zero stands
     */
    public static List<Duration> read(Path networkFile, String peerMspId, Path readerMsp, String readerMspId) {
        return of(Recheck.ledger(networkFile, peerMspId, readerMsp, readerMspId));
    }

    static List<Duration> of(LedgerSnapshot ledger) {
        PayoutTimes reader = new PayoutTimes();
        for (LedgerBlock block : ledger.blocks()) {
            block.transactions().stream().filter(LedgerTransaction::valid).forEach(reader::take);
        }
        return reader.times;
    }

    private void take(LedgerTransaction transaction) {
        DomainEvent event = transaction.event();
        if (event == null) {
            return;
        }
        for (Write write : transaction.writes()) {
            byte[] value = write.value();
            if (value != null && write.kind() == RecordKind.CONSIGNMENT) {
                Consignment consignment = Json.MAPPER.readValue(value, Consignment.class);
                Ledgered before = standing.put(consignment.id(), consignment.money());
                take(before == null ? Ledgered.NOTHING : before, consignment.money(), event.at());
            }
        }
    }

    /** A decision is paid once both sides have been paid what it says; amounts are cumulative. */
    private void take(Ledgered before, Ledgered after, Instant at) {
        for (Decision decision : after.decisions()) {
            if (isPaid(decision, after) && !isPaid(decision, before)) {
                Duration took = Duration.between(decision.at(), at);
                times.add(took.isNegative() ? Duration.ZERO : took);
            }
        }
    }

    private static boolean isPaid(Decision decision, Ledgered money) {
        return !decision.gross().isMoreThan(money.paidGross())
                && !decision.buyer().isMoreThan(money.paidBuyer());
    }
}
