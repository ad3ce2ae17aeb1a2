package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the ledger. On the wire a Fabric invocation with two arguments: the command's name
 * ({@link CommandName}) and its JSON. The creator's certificate says who asks; repeating a command id with the same
 * content has no second effect, with other content it is refused.
 */
public sealed interface Command extends Request {
    /** A command about one consignment. */
    sealed interface OfConsignment extends Command {
        ConsignmentId consignmentId();
    }

    /** A party's own decision; names the version of the consignment it was decided on. */
    sealed interface Versioned extends OfConsignment {
        long version();
    }

    /** Anybody may ask, only time makes it legal. */
    sealed interface Timed extends OfConsignment {}

    // ---- the market ----

    /** An operator's approval of a configuration; in force with AuditMSP's and another organisation's. */
    record ApproveMarket(CommandId commandId, MarketConfig config) implements Command {}

    /** An operator's word, for its organisation, that a party is a merchant, a carrier or an arbiter. */
    record AccreditParty(CommandId commandId, PartyId party, Role role) implements Command {}

    /**
     * An operator's word, for its organisation, that a party may enter no new order. With two organisations' word it may not;
     * consignments that are open go on as agreed.
     *
     * @param reason SHA-256 of the reason, which stays off the ledger
     */
    record SuspendParty(CommandId commandId, PartyId party, Digest reason) implements Command {}

    /** An operator takes its organisation's word against a party back. */
    record ReinstateParty(CommandId commandId, PartyId party) implements Command {}

    /**
     * Registers the signer's certificate as a party.
     *
     * @param address the party's EVM address; the zero address for parties without money
     * @param addressSignature the address's signature over {@link PartyBinding}, "" for the zero address
     */
    record RegisterParty(
            CommandId commandId,
            Role role,
            EthAddress address,
            @Form("(" + Evidence.SIGNATURE + ")?") String addressSignature)
            implements Command {}

    /**
     * A party announces that its money goes to another address from the end of the waiting period on. Terms that are signed keep the
     * address that they carry.
     *
     * @param address not the zero address, and not the one it has
     * @param addressSignature the new address's signature over {@link PartyBinding}
     */
    record ChangeAddress(
            CommandId commandId,
            EthAddress address,
            @Form(Evidence.SIGNATURE) String addressSignature) implements Command {}

    /**
     * A party announces that another key takes its place once the waiting period is over. In what is open the old key stays the party.
     *
     * @param successor the new key's party: registered in the same role by the same organisation, and in nobody else's place
     */
    record ChangeKey(CommandId commandId, PartyId successor) implements Command {}

    /** A party takes back the change that it announced. */
    record WithdrawChange(CommandId commandId) implements Command {}

    /**
     * The waiting period is over: a change takes effect. A new address is completed by the party itself, a new key by the successor, who
     * agrees by it.
     *
     * @param party whose change it is
     */
    record CompleteChange(CommandId commandId, PartyId party) implements Command {}

    /** A merchant publishes an offer of its own; its transaction's signature is the offer's. */
    record PublishOffer(CommandId commandId, SaleOffer offer) implements Command {}

    // ---- the order ----

    /** The buyer places an order: one consignment for each merchant, on terms that both signed. */
    record PlaceOrder(
            CommandId commandId,
            OrderId orderId,
            @Count(least = 1, most = Limits.CONSIGNMENTS) List<SignedTerms> consignments)
            implements Command {
        public PlaceOrder {
            consignments = List.copyOf(consignments);
        }
    }

    // ---- evidence from the settlement chain ----

    /** Anybody brings attested evidence of the deposit. */
    record RecordDeposit(CommandId commandId, ConsignmentId consignmentId, Evidence evidence)
            implements OfConsignment {}

    /** Anybody brings attested evidence of a payout. */
    record RecordPaid(CommandId commandId, ConsignmentId consignmentId, Evidence evidence) implements OfConsignment {}

    /** Anybody brings attested evidence of a reclaim after the stop date. */
    record RecordReclaim(CommandId commandId, ConsignmentId consignmentId, Evidence evidence)
            implements OfConsignment {}

    // ---- the parties ----

    /** Nothing was deposited, and buyer or merchant calls the consignment off. */
    record Cancel(CommandId commandId, ConsignmentId consignmentId, long version) implements Versioned {}

    /** The merchant gives all back before shipping. */
    record CancelFunded(CommandId commandId, ConsignmentId consignmentId, long version) implements Versioned {}

    /**
     * The merchant hands the goods to the carrier.
     *
     * @param items for every line as many items as its quantity
     * @param carrier who has the goods now
     * @param event the EPCIS shipping event
     */
    record Ship(
            CommandId commandId,
            ConsignmentId consignmentId,
            long version,
            @Count(least = 1, most = Limits.LINES) List<LineItems> items,
            PartyId carrier,
            EpcisRecord event)
            implements Versioned {
        public Ship {
            items = List.copyOf(items);
        }
    }

    /** The carrier named at shipping hands the goods to the buyer. */
    record Deliver(CommandId commandId, ConsignmentId consignmentId, long version, EpcisRecord event)
            implements Versioned {}

    /** The buyer releases an amount, lines or all that is held. */
    record Accept(CommandId commandId, ConsignmentId consignmentId, long version, Part part) implements Versioned {}

    /** The merchant gives back an amount, lines or all that is held. */
    record Refund(CommandId commandId, ConsignmentId consignmentId, long version, Part part) implements Versioned {}

    /**
     * The buyer disputes; the reason itself stays off the ledger.
     *
     * @param caseNumber the case of this consignment that led to it, if one did
     */
    record OpenDispute(
            CommandId commandId,
            ConsignmentId consignmentId,
            long version,
            Digest reason,

            @Within(least = 1, most = Limits.CASES) @Nullable
            Integer caseNumber)
            implements Versioned {}

    /**
     * Anybody cites an event that meets a condition for money in the terms.
     *
     * @param condition its number, from 1
     * @param eventId CBV event id of an event on the ledger
     */
    record SettleByEvent(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.CONDITIONS) int condition,
            @Form(EpcisRecord.EVENT_ID) String eventId)
            implements OfConsignment {}

    /** Anybody cites an event that meets a condition which freezes the money: a dispute opens. */
    record FreezeByEvent(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.CONDITIONS) int condition,
            @Form(EpcisRecord.EVENT_ID) String eventId)
            implements OfConsignment {}

    /**
     * The current arbiter splits what is held.
     *
     * @param toMerchant gross for the merchant's side
     * @param toBuyer the rest of what is held
     */
    record Rule(
            CommandId commandId,
            ConsignmentId consignmentId,
            long version,
            Amount toMerchant,
            Amount toBuyer,
            Digest reasons)
            implements Versioned {}

    // ---- before the deposit: changed terms ----

    /** Buyer or merchant brings other terms for the consignment, which both have signed, before anything is deposited. */
    record AmendTerms(CommandId commandId, ConsignmentId consignmentId, long version, SignedTerms terms)
            implements Versioned {}

    // ---- customer service ----

    /**
     * Buyer or merchant asks or complains; the text itself stays off the ledger. It changes nothing about goods or money.
     *
     * @param number 1 to 99, not used in this consignment before
     * @param text SHA-256 of a commitment to the text
     * @param answerWithin seconds in which an answer is asked for, one hour to 30 days
     */
    record OpenCase(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.CASES) int number,
            CaseKind kind,
            Digest text,

            @Within(least = Limits.SHORTEST_ANSWER, most = Limits.LONGEST_ANSWER)
            long answerWithin)
            implements OfConsignment {}

    /** The other side answers, once; late answers are recorded as what they are. */
    record AnswerCase(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.CASES) int number,
            Digest text)
            implements OfConsignment {}

    /** What a case is. */
    enum CaseKind {
        QUESTION,
        COMPLAINT
    }

    // ---- returns ----

    /**
     * The buyer wants to give back what was delivered, within inspection.
     *
     * @param carrier who is to bring it back; neither buyer nor merchant
     * @param reason SHA-256 of the reason, which stays off the ledger
     */
    record RequestReturn(CommandId commandId, ConsignmentId consignmentId, long version, PartyId carrier, Digest reason)
            implements Versioned {}

    /** The carrier named for the return takes the goods from the buyer: the items of every line not decided yet. */
    record PickUpReturn(CommandId commandId, ConsignmentId consignmentId, long version, EpcisRecord event)
            implements Versioned {}

    /** The carrier hands what it picked up to the merchant. */
    record DeliverReturn(CommandId commandId, ConsignmentId consignmentId, long version, EpcisRecord event)
            implements Versioned {}

    /** The merchant disputes a return: that it is asked for, or what came back. */
    record ContestReturn(CommandId commandId, ConsignmentId consignmentId, long version, Digest reason)
            implements Versioned {}

    // ---- agreement in a dispute, and appeal ----

    /**
     * Buyer or merchant proposes a split of what is held, in the place of its earlier proposal.
     *
     * @param toMerchant gross for the merchant's side
     * @param toBuyer the rest of what is held
     */
    record OfferSplit(CommandId commandId, ConsignmentId consignmentId, long version, Amount toMerchant, Amount toBuyer)
            implements Versioned {}

    /** Buyer or merchant takes its own proposal back. */
    record WithdrawOffer(CommandId commandId, ConsignmentId consignmentId, long version) implements Versioned {}

    /**
     * Buyer or merchant agrees to the other's proposal.
     *
     * @param offer its {@link Consignment.Offer#digest}, so that nothing else can be agreed to than what was read
     */
    record AcceptOffer(CommandId commandId, ConsignmentId consignmentId, long version, Digest offer)
            implements Versioned {}

    /**
     * Buyer or merchant lays a document before the arbiter. Each side has numbers of its own, so that both may do it at once.
     *
     * @param number 1 to 20, not used by this party in this consignment before
     * @param document SHA-256 of the document, which stays off the ledger
     */
    record SubmitEvidence(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.EXHIBITS) int number,
            Digest document)
            implements OfConsignment {}

    /** Buyer or merchant takes a ruling to the next arbiter, once in a consignment's life. */
    record Appeal(CommandId commandId, ConsignmentId consignmentId, long version, Digest reason) implements Versioned {}

    // ---- what only time makes legal ----

    /** payBy passed without a deposit. */
    record ExpireUnpaid(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** shipBy passed without shipping: all held goes back. */
    record RefundUnshipped(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** deliverBy passed without delivery: a dispute opens. */
    record OpenLost(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The inspection window passed in silence: all held goes to the merchant. */
    record ReleaseInspected(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** Nobody picked the return up in time: all held goes to the merchant. */
    record ReturnLapsed(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The return did not arrive in time: a dispute opens. */
    record OpenReturnLost(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The merchant let the time to inspect the return pass in silence: all held goes back. */
    record RefundReturned(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The arbiter let the deadline pass and a substitute is left. */
    record ReplaceArbiter(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The last arbiter let the deadline pass: the default split. */
    record DefaultSplit(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    /** The appeal window of a ruling passed: the split is decided. */
    record Finalise(CommandId commandId, ConsignmentId consignmentId) implements Timed {}

    // ---- provenance ----

    /** Anybody registered records an EPCIS event under its own name. */
    record RecordEvent(CommandId commandId, EpcisRecord event) implements Command {}

    /**
     * Custody of items passes from one party to another; both sign.
     *
     * @param counterSignature base64 DER by the side that did not sign this command, over {@link HandOver#canonicalBytes()}
     */
    record RecordHandOver(CommandId commandId, HandOver handOver, String counterSignature) implements Command {}

    /**
     * The buyer of an accepted line reviews it, once.
     *
     * @param score 1 to 5
     * @param text commitment to the text, which stays off the ledger
     */
    record RecordReview(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.LINES) int line,
            @Within(least = 1, most = Limits.BEST_SCORE) int score,
            Digest text)
            implements OfConsignment {}

    /**
     * The merchant of a reviewed line answers the review, once.
     *
     * @param text commitment to the text, which stays off the ledger
     */
    record AnswerReview(
            CommandId commandId,
            ConsignmentId consignmentId,
            @Within(least = 1, most = Limits.LINES) int line,
            Digest text)
            implements OfConsignment {}

    // ---- devices ----

    /**
     * A party registers a measuring device of its own.
     *
     * @param publicKey base64 of the SubjectPublicKeyInfo of its key, Ed25519 or P-256
     * @param signature base64 of 64 bytes, by the device over {@link DeviceKey#binding}
     */
    record RegisterDevice(CommandId commandId, String publicKey, String signature) implements Command {}

    /**
     * Its owner had a device calibrated, which takes the place of an earlier calibration.
     *
     * @param device the key's {@link DeviceKey#id}
     * @param certificate SHA-256 of the laboratory's certificate, which stays off the ledger
     */
    record CalibrateDevice(CommandId commandId, Digest device, Digest certificate, Instant from, Instant until)
            implements Command {}

    /** Its owner gives a device up: what it signs from now on does not count. */
    record RevokeDevice(CommandId commandId, Digest device) implements Command {}

    /**
     * Somebody who collected devices' signed batches of readings vouches that they were there by now.
     *
     * @param root RFC 6962 root over the batches' bytes
     * @param batches how many there are
     * @param readings how many readings they hold
     * @param from the first reading's time
     * @param until the last one's
     */
    record RecordReadings(
            CommandId commandId,
            Digest root,
            @Within(least = 1, most = Limits.BATCHES) int batches,
            @Within(least = 1, most = Limits.READINGS) long readings,
            Instant from,
            Instant until)
            implements Command {}

    /** The items of a line, as GS1 EPC URIs or Digital Link URIs of class/serial level. */
    record LineItems(
            @Within(least = 1, most = Limits.LINES) int line,

            @Form(Epc.FORM) @Count(least = 1, most = Limits.PIECES)
            List<String> epcs) {
        public LineItems {
            epcs = List.copyOf(epcs);
        }
    }

    /**
     * How much of what is held: exactly one of the two is not empty; both empty means all.
     *
     * @param amount gross minor units of the settlement asset, or absent
     * @param lines whole lines by number
     */
    record Part(
            @Nullable Amount amount,

            @Within(least = 1, most = Limits.LINES) @Count(most = Limits.LINES)
            List<Integer> lines) {
        public static final Part ALL = new Part(null, List.of());

        public Part {
            lines = List.copyOf(lines);
        }
    }
}
