package io.clearmarket.gateway.testing;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.fabric.Endorser;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.PublicWrite;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks as a ledger would write them, for tests of what is derived from blocks. */
public final class LedgerFixture {
    /** Whose peers endorse every transaction here. */
    public static final List<Endorser> ENDORSERS = List.of(
            new Endorser("AuditMSP", "peer0.audit", digest("audit's peer").hex()),
            new Endorser(
                    "MerchantsMSP", "peer0.merchants", digest("merchants' peer").hex()));

    public static final PartyId BUYER = party("buyer");
    public static final PartyId MERCHANT = party("merchant");
    public static final PartyId OTHER_MERCHANT = party("other merchant");
    public static final PartyId CARRIER = party("carrier");
    public static final PartyId ARBITER = party("arbiter");
    public static final PartyId STRANGER = party("stranger");
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    public static final Asset ASSET = new Asset("eip155:31337/erc20:0x00000000000000000000000000000000000000aa");
    public static final String EPC = "https://id.gs1.org/01/09521234123453/21/A-1";
    private static final EthAddress ADDRESS = EthAddress.parse("0x00000000000000000000000000000000000000bb");

    private final List<LedgerBlock> blocks = new ArrayList<>();
    private final List<LedgerTransaction> pending = new ArrayList<>();
    private Instant now = START;

    /** The ledger time of the transactions from here on. */
    public LedgerFixture at(Instant instant) {
        now = instant;
        return this;
    }

    /** Seals the transactions so far into a block. */
    public LedgerBlock seal() {
        long number = blocks.size();
        Digest previous = number == 0 ? Digest.ZERO : blocks.getLast().hash();
        Digest hash = digest("block " + number + previous);
        LedgerBlock block = new LedgerBlock(number, hash, previous, Instant.now(), pending);
        pending.clear();
        blocks.add(block);
        return block;
    }

    public List<LedgerBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** An order of one consignment with one line of 1000 units, placed and recorded. */
    public Consignment place(String order, PartyId merchant) {
        OrderId id = new OrderId(order);
        Consignment placed = consignment(id, merchant);
        transaction(
                BUYER,
                event("order.placed", "placeOrder", BUYER, id, null),
                write(RecordKind.ORDER, new Records.Order(id, BUYER, List.of(placed.id()), START), order),
                write(
                        RecordKind.TERMS,
                        new SignedTerms(terms(id, merchant), "", ""),
                        placed.id().value()),
                write(RecordKind.CONSIGNMENT, placed, placed.id().value()),
                write(RecordKind.PARTYORDER, List.of(), BUYER.value(), order));
        return placed;
    }

    /** A later version, by a command. */
    public Consignment change(Consignment next, String type, String command, PartyId by, Write... others) {
        List<Write> writes = new ArrayList<>(List.of(others));
        writes.add(write(RecordKind.CONSIGNMENT, next, next.id().value()));
        transaction(by, event(type, command, by, next.orderId(), next.id()), writes.toArray(Write[]::new));
        return next;
    }

    /** An EPCIS event about {@link #EPC}. */
    public Write[] epcisEvent(String step, Digest document, PartyId by) {
        return epcisEvent(step, START, document, by);
    }

    /** Likewise, of a time; one step and time is one event. */
    public Write[] epcisEvent(String step, Instant time, Digest document, PartyId by) {
        String name = time.equals(START) ? step : step + " " + time;
        String eventId = "ni:///sha-256;" + digest(name).hex() + "?ver=CBV2.0";
        EpcisRecord event = new EpcisRecord(
                eventId, "ObjectEvent", "OBSERVE", step, "in_transit", time, List.of(EPC), null, null, document);
        return new Write[] {
            write(RecordKind.EVENT, new Records.Recorded(event, by, "MerchantsMSP", START), eventId),
            write(RecordKind.ITEMEVENT, List.of(), EPC, eventId),
            write(RecordKind.ITEM, new Records.Item(EPC, by, null, START), EPC)
        };
    }

    public void transaction(PartyId by, @Nullable DomainEvent event, Write... writes) {
        int index = pending.size();
        String id = digest("tx " + blocks.size() + "." + index).hex();
        pending.add(new LedgerTransaction(
                index,
                id,
                true,
                "VALID",
                by,
                "MerchantsMSP",
                now,
                List.of(writes),
                digest("certificate of " + by).hex(),
                Arrays.stream(writes).map(LedgerFixture::publicWrite).toList(),
                event == null ? null : told(event, writes),
                ENDORSERS));
    }

    /** As the chaincode tells it: with the time, and the name of every record that was written. */
    private DomainEvent told(DomainEvent event, Write... writes) {
        return new DomainEvent(
                event.type(),
                event.command(),
                event.commandId(),
                event.by(),
                event.mspId(),
                now,
                event.orderId(),
                event.consignmentId(),
                Arrays.stream(writes)
                        .map(write -> new DomainEvent.Change(write.kind(), write.id()))
                        .toList());
    }

    /** A transaction that every peer found invalid. */
    public void invalidTransaction(PartyId by) {
        int index = pending.size();
        String id = digest("tx " + blocks.size() + "." + index).hex();
        pending.add(new LedgerTransaction(
                index,
                id,
                false,
                "MVCC_READ_CONFLICT",
                by,
                "MerchantsMSP",
                START,
                List.of(),
                "",
                List.of(),
                null,
                List.of()));
    }

    private static PublicWrite publicWrite(Write write) {
        String key = "\0" + write.kind().objectType() + "\0" + String.join("\0", write.id()) + "\0";
        return new PublicWrite("market", key, write.value());
    }

    public static Write write(RecordKind kind, Object value, String... id) {
        return new Write(kind, List.of(id), CanonicalJson.bytes(value));
    }

    /** An event of a command that is about no order. */
    public static DomainEvent event(String type, String command, PartyId by) {
        return event(type, command, by, null, null);
    }

    public static DomainEvent event(
            String type, String command, PartyId by, @Nullable OrderId order, @Nullable ConsignmentId consignment) {
        return new DomainEvent(
                type,
                command,
                new CommandId("command-" + command),
                by,
                "MerchantsMSP",
                START,
                order,
                consignment,
                List.of());
    }

    /** The same consignment with other money, one version on. */
    public static Consignment with(Consignment c, Consignment.Goods goods, Consignment.Ledgered money) {
        boolean shipped = goods != Consignment.Goods.PLACED;
        return new Consignment(
                c.id(),
                c.orderId(),
                c.buyer(),
                c.merchant(),
                c.asset(),
                c.termsHash(),
                c.escrowId(),
                c.version() + 1,
                goods,
                money,
                c.deadlines(),
                null,
                shipped ? CARRIER : null,
                shipped ? List.of(new Command.LineItems(1, List.of(EPC))) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** All is held. */
    public static Consignment.Ledgered held(long units) {
        return money(units, units, 0, 0, 0, 0, 0, 0, false);
    }

    /** All is decided to the merchant's side with 5 % fee, of which so much has been paid. */
    public static Consignment.Ledgered decided(long gross, long paid) {
        return money(gross, 0, gross, gross - gross / 20, gross / 20, 0, paid, 0, true);
    }

    public static Consignment.Ledgered money(
            long deposited,
            long held,
            long gross,
            long merchant,
            long fee,
            long buyer,
            long paidGross,
            long paidBuyer,
            boolean decided) {
        List<Consignment.Decision> decisions = decided
                ? List.of(new Consignment.Decision(1, "accept", Amount.of(gross), Amount.of(buyer), START))
                : List.of();
        return new Consignment.Ledgered(
                Amount.of(deposited),
                Amount.of(held),
                Amount.of(gross),
                Amount.of(merchant),
                Amount.of(fee),
                Amount.ZERO,
                Amount.of(buyer),
                Amount.of(paidGross),
                Amount.of(paidBuyer),
                decisions);
    }

    public static PartyId party(String name) {
        return new PartyId(digest("party " + name).hex());
    }

    public static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Consignment consignment(OrderId order, PartyId merchant) {
        Instant payBy = START.plusSeconds(3600);
        return new Consignment(
                ConsignmentId.of(order, 1),
                order,
                BUYER,
                merchant,
                ASSET,
                terms(order, merchant).hash(),
                digest("escrow " + order),
                1,
                Consignment.Goods.PLACED,
                Consignment.Ledgered.NOTHING,
                new Consignment.Deadlines(
                        payBy, null, null, null, null, null, null, null, null, START.plusSeconds(9_000_000)),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static Terms terms(OrderId order, PartyId merchant) {
        return new Terms(
                1,
                "clearmarket:test:market",
                order,
                1,
                BUYER,
                merchant,
                List.of(ARBITER),
                List.of(new Terms.Line(1, "p-1", "09521234123453", 1, Amount.of(1000), Amount.ZERO, Amount.of(1000))),
                new Money(Amount.of(1000), "BRL"),
                ASSET,
                Amount.of(1000),
                new Terms.Quote(1, 1, "fixed", START, START.plusSeconds(3600)),
                new Terms.EscrowTerms(31337, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, Digest.ZERO, Digest.ZERO),
                500,
                0,
                new Terms.Timers(60, 60, 60, 60, 60, 60, 60, 60),
                START.plusSeconds(3600),
                START.plusSeconds(9_000_000),
                "inspection");
    }
}
