package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/** Terms without the buyer's part: a merchant gives what only they know, the market's configuration gives the rest. */
final class TermsDraft {
    private static final PartyId NO_BUYER = new PartyId("0".repeat(64));
    private static final int TERMS_VERSION = 1;

    private TermsDraft() {}

    /** Who sells: their party, and where their money goes. */
    record Merchant(PartyId party, EthAddress address) {}

    /**
     * The merchant's members and those that follow from the market; the merchant's own are left as they are.
     *
     * @param orderId used where the merchant chose none
     * @throws org.springframework.web.ErrorResponseException if it names a buyer, another merchant, or sums that do not add up
     */
    static ObjectNode of(ObjectNode given, Merchant merchant, MarketConfig market, String orderId) {
        requireAbsent(given, "buyer");
        ObjectNode draft = given.deepCopy();
        ObjectNode escrow = draft.withObject("escrow");
        requireAbsent(escrow, "payer");
        requireAbsent(escrow, "salt");
        putIfAbsent(draft, "orderId", orderId);
        putIfAbsent(draft, "ledger", market.ledger());
        putIfAbsent(draft, "merchant", merchant.party().value());
        putIfAbsent(draft, "asset", market.assets().getFirst().toString());
        putIfAbsent(draft, "returnPolicy", "inspection");
        putIfAbsent(draft, "termsVersion", TERMS_VERSION);
        putIfAbsent(draft, "consignment", 1);
        putIfAbsent(draft, "feeBps", 0);
        putIfAbsent(draft, "referralBps", 0);
        putIfAbsent(escrow, "chainId", market.chainId());
        putIfAbsent(escrow, "contract", market.escrow().toString());
        putIfAbsent(escrow, "merchant", merchant.address().toString());
        putIfAbsent(escrow, "feeReceiver", EthAddress.ZERO.toString());
        putIfAbsent(escrow, "referrer", EthAddress.ZERO.toString());
        putIfAbsent(escrow, "attesters", EscrowTypes.attesterSetHash(market).toString());
        Terms terms = with(draft, NO_BUYER, EthAddress.ZERO, Digest.ZERO);
        if (!terms.merchant().equals(merchant.party())) {
            throw invalid("the terms' merchant is " + terms.merchant(), "you sell for yourself: leave it out");
        }
        if (terms.consignment() != 1) {
            throw invalid("the terms are of consignment " + terms.consignment(), "a checkout has one: leave it out");
        }
        requireSums(terms);
        return withoutBuyer(terms);
    }

    /** In the one spelling that terms have, so that the buyer's page can compare it with what is signed. */
    private static ObjectNode withoutBuyer(Terms terms) {
        ObjectNode draft = Json.MAPPER.valueToTree(terms);
        draft.remove("buyer");
        draft.withObject("escrow").remove(List.of("payer", "salt"));
        return draft;
    }

    /** The whole terms, for one buyer. */
    static Terms with(ObjectNode draft, PartyId buyer, EthAddress payer, Digest salt) {
        ObjectNode whole = draft.deepCopy();
        whole.put("buyer", buyer.value());
        whole.withObject("escrow").put("payer", payer.toString()).put("salt", salt.toString());
        return Json.MAPPER.treeToValue(whole, Terms.class);
    }

    /** What the ledger would refuse in the buyer's face is refused to the merchant here: sums that do not add up. */
    private static void requireSums(Terms terms) {
        Amount priced = Amount.ZERO;
        Amount settled = Amount.ZERO;
        for (Terms.Line line : terms.lines()) {
            Amount price = line.price().times(line.quantity()).plus(line.freight());
            if (!Conversion.isRounded(terms.quote(), price, line.amount())) {
                throw invalid(
                        "line " + line.line() + " costs " + price + " and settles to " + line.amount(),
                        "price x quantity + freight at the quote, rounded up or down to a whole unit");
            }
            priced = priced.plus(price);
            settled = settled.plus(line.amount());
        }
        if (!priced.equals(terms.orderTotal().amount()) || !settled.equals(terms.total())) {
            throw invalid(
                    "orderTotal and total are " + terms.orderTotal().amount() + " and " + terms.total(),
                    "the lines' sums are " + priced + " and " + settled);
        }
        Amount whole = Conversion.whole(terms.quote(), priced);
        if (!settled.equals(whole)) {
            throw invalid(priced + " settles to " + settled, "its value at the quote, " + whole);
        }
        Tender tender = terms.quote().tender();
        if (tender != null && !tender.amount().equals(Conversion.tendered(tender, terms.total()))) {
            throw invalid(
                    "the tender is " + tender.amount(),
                    "the total at its rate, " + Conversion.tendered(tender, terms.total()));
        }
    }

    private static void requireAbsent(ObjectNode node, String member) {
        if (node.has(member)) {
            throw invalid(member + " is given", "the buyer brings it: leave it out");
        }
    }

    private static void putIfAbsent(ObjectNode node, String member, String value) {
        if (!node.has(member)) {
            node.put(member, value);
        }
    }

    private static void putIfAbsent(ObjectNode node, String member, long value) {
        if (!node.has(member)) {
            node.put(member, value);
        }
    }

    private static RuntimeException invalid(String detail, String hint) {
        return CodedProblem.of(HttpStatus.BAD_REQUEST, "INVALID_VALUE", detail, hint);
    }
}
