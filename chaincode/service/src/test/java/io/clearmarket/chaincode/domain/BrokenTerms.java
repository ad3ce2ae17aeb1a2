package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Terms with one thing wrong each, by the code that says so; and other things gone wrong in one place. */
public final class BrokenTerms {
    public static final Map<RefusalCode, TermsBuilder> ALL = new EnumMap<>(RefusalCode.class);

    static {
        put(RefusalCode.TERMS_WRONG_LEDGER, terms -> terms.ledger = "clearmarket:other:market");
        put(RefusalCode.TERMS_WRONG_ORDER, terms -> terms.orderId = new OrderId("order-0002"));
        put(RefusalCode.TERMS_WRONG_CONTRACT, terms -> terms.chainId = 1);
        put(RefusalCode.TERMS_WRONG_ATTESTERS, terms -> terms.attesters = Digest.ZERO);
        put(
                RefusalCode.TERMS_WRONG_ADDRESS,
                terms -> terms.payer = Bazaar.MERCHANT.wallet().address());
        put(RefusalCode.TERMS_UNKNOWN_ASSET, terms -> terms.asset = Asset.erc20(Bazaar.CHAIN, EthAddress.ZERO));
        put(RefusalCode.TERMS_AMOUNTS_DIFFER, terms -> terms.total = Amount.of(TermsBuilder.TOTAL + 1));
        put(RefusalCode.TERMS_FEES_TOO_HIGH, terms -> terms.feeBps = 9_924);
        put(RefusalCode.TERMS_BAD_ARBITERS, terms -> terms.arbiters = List.of(Bazaar.CARRIER.id()));
        put(RefusalCode.TERMS_BAD_TIMERS, terms -> terms.payBy = Bazaar.START);
        put(RefusalCode.TERMS_STOP_DATE_TOO_EARLY, terms -> terms.stopDate = terms.stopDate.minusSeconds(86_400));
        put(RefusalCode.NO_LINES, terms -> terms.lines = List.of());
        put(
                RefusalCode.TERMS_QUOTE_EXPIRED,
                terms -> terms.quote =
                        new Terms.Quote(TermsBuilder.RATE, 1, "test", Bazaar.START, Bazaar.START.minusSeconds(1)));
        put(
                RefusalCode.TERMS_BAD_GTIN,
                terms -> terms.lines = List.of(new Terms.Line(
                        1,
                        "p",
                        "09521234543214",
                        1,
                        terms.lines.getFirst().price(),
                        terms.lines.getFirst().freight(),
                        terms.lines.getFirst().amount())));
    }

    private BrokenTerms() {}

    /** Sound, but nothing goes back. */
    public static TermsBuilder withoutReturns() {
        TermsBuilder terms = TermsBuilder.valid();
        terms.returnPolicy = "none";
        return terms;
    }

    public static TermsBuilder numbered(int consignment) {
        TermsBuilder terms = TermsBuilder.valid();
        terms.consignment = consignment;
        return terms;
    }

    /** An item in two open consignments. */
    public static Refusal shippedTwice() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.ledger.put(
                Keys.item(Facts.epc(1)), new Item(Facts.epc(1), Bazaar.MERCHANT.id(), Bazaar.ID, Bazaar.START));
        TermsBuilder second = TermsBuilder.valid();
        second.orderId = new OrderId("order-0002");
        try {
            Custody.requireShippable(Bazaar.MERCHANT.id(), second.build().consignmentId(), Facts.epc(1), bazaar.ledger);
        } catch (Refuse refused) {
            return refused.refusal();
        }
        throw new AssertionError("not refused");
    }

    public static Evidence.Seen onChain(Bazaar bazaar, long chainId) {
        Evidence.Seen seen = bazaar.seen(Evidence.Kind.DEPOSIT, Bazaar.total(), 0, 0);
        return copy(seen, chainId, seen.escrowId(), seen.blockTime());
    }

    public static Evidence.Seen ofEscrow(Bazaar bazaar, Digest escrow) {
        Evidence.Seen seen = bazaar.seen(Evidence.Kind.DEPOSIT, Bazaar.total(), 0, 0);
        return copy(seen, seen.chainId(), escrow, seen.blockTime());
    }

    private static Evidence.Seen copy(Evidence.Seen seen, long chainId, Digest escrow, Instant blockTime) {
        return new Evidence.Seen(
                chainId,
                seen.contract(),
                escrow,
                seen.kind(),
                seen.deposited(),
                seen.gross(),
                seen.payer(),
                seen.transaction(),
                seen.logIndex(),
                seen.blockNumber(),
                seen.blockHash(),
                blockTime);
    }

    private static void put(RefusalCode code, Consumer<TermsBuilder> fault) {
        TermsBuilder terms = TermsBuilder.valid();
        fault.accept(terms);
        ALL.put(code, terms);
    }
}
