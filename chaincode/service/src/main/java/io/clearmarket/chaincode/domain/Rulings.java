package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment.Appealed;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Consignment.Ruling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rulings while money moves beside them: what a side got meanwhile counts towards what the ruling gave it. */
final class Rulings {
    private Rulings() {}

    /** The dispute once what is held has changed: its rulings split what is left, its offers are gone. */
    static Dispute putRight(Dispute dispute, Ledgered before, Ledgered after) {
        Appealed appealed = dispute.appealed();
        return new Dispute(
                dispute.status(),
                dispute.arbiter(),
                dispute.reason(),
                putRight(dispute.ruling(), before, after),
                appealed == null ? null : putRight(appealed, before, after),
                List.of());
    }

    private static Appealed putRight(Appealed appealed, Ledgered before, Ledgered after) {
        Ruling right = putRight(appealed.ruling(), before, after);
        return new Appealed(
                appealed.arbiter(), right == null ? appealed.ruling() : right, appealed.by(), appealed.reason());
    }

    private static @Nullable Ruling putRight(@Nullable Ruling ruling, Ledgered before, Ledgered after) {
        if (ruling == null) {
            return null;
        }
        Amount had = after.gross().isMoreThan(before.gross()) ? after.gross().minus(before.gross()) : Amount.ZERO;
        Amount left = had.isMoreThan(ruling.toMerchant())
                ? Amount.ZERO
                : ruling.toMerchant().minus(had);
        Amount toMerchant = left.isMoreThan(after.held()) ? after.held() : left;
        return new Ruling(toMerchant, after.held().minus(toMerchant), ruling.reasons());
    }
}
