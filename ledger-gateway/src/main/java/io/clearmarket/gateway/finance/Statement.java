package io.clearmarket.gateway.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's statement: days in UTC by the ledger's own time. Amounts are minor units of the settlement asset.
 *
 * @param from first day
 * @param to last day, included
 * @param asOf the ledger's block from which it was made
 * @param complete true if the ledger's time has passed the last day, so that nothing can be added to it any more
 * @param accounts one for each settlement asset, by its name
 */
public record Statement(
        PartyId merchant, LocalDate from, LocalDate to, AsOf asOf, boolean complete, List<Account> accounts) {
    public Statement {
        accounts = List.copyOf(accounts);
    }

    /**
     * One asset. Opening and movements give closing; a day's closing is the next day's opening.
     *
     * @param totals sums over the movements
     */
    public record Account(Asset asset, Balance opening, List<Movement> movements, Balance closing, Totals totals) {
        public Account {
            movements = List.copyOf(movements);
        }

        /** True if some of its movements are of consignments with another tender. */
        public boolean tendered() {
            return movements.stream().anyMatch(movement -> movement.tender() != null);
        }
    }

    /**
     * Where the merchant stands.
     *
     * @param held in escrow for the merchant's consignments and not decided: nobody's yet
     * @param receivable decided to the merchant, fee and referral taken off, and not recorded as paid
     * @param paid recorded as paid to the merchant by the contract, since the beginning
     */
    public record Balance(Amount held, Amount receivable, Amount paid) {
        static final Balance NOTHING = new Balance(Amount.ZERO, Amount.ZERO, Amount.ZERO);
    }

    /** What kind of movement. */
    public enum Kind {
        /** Money came into escrow. */
        DEPOSIT,
        /** The ledger decided who gets what; or put an earlier decision right, which may be below zero. */
        DECISION,
        /** The contract paid. */
        PAYOUT
    }

    /**
     * One movement of one consignment.
     *
     * @param at the ledger's time
     * @param block the ledger's block, with the transaction's place in it
     * @param transactionId the Fabric transaction
     * @param command what was asked of the ledger
     * @param deposited into escrow
     * @param gross decided, or paid, to the merchant's side
     * @param fee the market's part of it
     * @param referral the referrer's part of it
     * @param merchant the merchant's part of it
     * @param buyer decided, or paid, back to the buyer
     * @param rate minor units of the asset for one of the order currency, as a fraction such as 2000/1
     * @param orderCurrency ISO 4217
     * @param grossOrdered {@code gross} in minor units of the order currency, at the rate of the terms; all parts of a consignment add up to
     *     its order's total
     * @param buyerOrdered {@code buyer} likewise
     * @param tender the same in what the buyer handed over; absent where that is the settlement asset
     * @param evm the settlement chain's transaction; absent for decisions
     */
    public record Movement(
            Instant at,
            long block,
            int index,
            String transactionId,
            Kind kind,
            String command,
            OrderId order,
            ConsignmentId consignment,
            Delta deposited,
            Delta gross,
            Delta fee,
            Delta referral,
            Delta merchant,
            Delta buyer,
            String rate,
            String orderCurrency,
            Delta grossOrdered,
            Delta buyerOrdered,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            InTender tender,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Evm evm) {
        Movement with(Evm known) {
            return new Movement(
                    at,
                    block,
                    index,
                    transactionId,
                    kind,
                    command,
                    order,
                    consignment,
                    deposited,
                    gross,
                    fee,
                    referral,
                    merchant,
                    buyer,
                    rate,
                    orderCurrency,
                    grossOrdered,
                    buyerOrdered,
                    tender,
                    known);
        }
    }

    /**
     * A movement in the tender, at the original rate; those of a consignment add up to what was handed over.
     *
     * @param unit ISO 4217 code or CAIP-19 name, in whose minor units the amounts are
     * @param rate minor units of the tender for one of the asset, as a fraction such as 23/250000
     * @param deposited handed over for what came into escrow
     * @param gross decided, or paid, to the merchant's side
     * @param buyer decided, or paid, back to the buyer
     */
    public record InTender(String unit, String rate, Delta deposited, Delta gross, Delta buyer) {}

    /**
     * A log of the settlement chain, and who paid for its transaction.
     *
     * @param gasPaidBy absent where no node could be asked
     * @param gasWei of the whole transaction, which may pay many consignments
     */
    public record Evm(
            Digest transaction,
            long logIndex,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EthAddress gasPaidBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String gasWei) {}

    /** Sums over the movements. */
    public record Totals(
            Delta deposited, Delta gross, Delta fee, Delta referral, Delta merchant, Delta buyer, Delta paid) {}
}
