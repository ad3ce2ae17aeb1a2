package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.moves.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ledger's record in the plain model's words. */
public final class Recorded {
    private Recorded() {}

    /** As {@link PlainConsignment#facts}. */
    public static List<String> facts(Consignment record) {
        List<String> facts = new ArrayList<>(List.of(
                record.goods().name(),
                money(record.money()),
                "accepted " + new TreeSet<>(record.acceptedLines()),
                "refunded " + new TreeSet<>(record.refundedLines()),
                record.closed() ? "closed" : timer(record),
                "version " + record.version()));
        if (!record.closed()) {
            facts.add(quarrel(record.dispute()));
        }
        return facts;
    }

    private static String money(Ledgered money) {
        return "held " + money.held() + ", merchant " + money.merchant() + ", fee " + money.fee() + ", referrer "
                + money.referrer() + ", buyer " + money.buyer() + ", paid " + money.paidGross() + " and "
                + money.paidBuyer() + " of " + money.deposited();
    }

    private static String timer(Consignment record) {
        StringBuilder running = new StringBuilder();
        for (Timer timer : Timer.values()) {
            if (timer.of(record.deadlines()) != null) {
                running.append(timer.member()).append(' ').append(timer.of(record.deadlines()));
            }
        }
        return running.toString();
    }

    private static String quarrel(@Nullable Dispute dispute) {
        if (dispute == null) {
            return "NONE";
        }
        boolean ruled = dispute.status() == Dispute.Status.RULED;
        boolean again = dispute.appealed() != null;
        String state = ruled ? again ? "RULED_AGAIN" : "RULED" : again ? "APPEALED" : "OPEN";
        return state + " before arbiter " + dispute.arbiter() + ", "
                + dispute.offers().size() + " offers";
    }
}
