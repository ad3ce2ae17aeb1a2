package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A market with its parties registered and one order ready to be placed; every test starts from its own copy. */
public final class Bazaar {
    public static final String LEDGER = "clearmarket:test:market";
    public static final long CHAIN = 31337;
    public static final EthAddress ESCROW = EthAddress.parse("0x" + "e5".repeat(20));
    public static final Asset ASSET = Asset.erc20(CHAIN, EthAddress.parse("0x" + "a5".repeat(20)));
    /** Another token, of 18 decimals. */
    public static final Asset FINE_ASSET = Asset.erc20(CHAIN, EthAddress.parse("0x" + "a6".repeat(20)));

    public static final OrderId ORDER = new OrderId("order-0001");
    public static final ConsignmentId ID = ConsignmentId.of(ORDER, 1);
    public static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    public static final String GTIN = "09521234543213";
    public static final long HOUR = 3600;

    public static final Person BUYER = Person.of("PlatformMSP", Role.BUYER);
    public static final Person MERCHANT = Person.of("MerchantsMSP", Role.MERCHANT);
    public static final Person SECOND_MERCHANT = Person.of("MerchantsMSP", Role.MERCHANT);
    public static final Person CARRIER = Person.of("PlatformMSP", Role.CARRIER);
    public static final Person ARBITER = Person.of("AuditMSP", Role.ARBITER);
    public static final Person SUBSTITUTE = Person.of("AuditMSP", Role.ARBITER);
    public static final Person STRANGER = Person.of("PlatformMSP", null);
    public static final Person AUDIT = Person.of("AuditMSP", Role.OPERATOR);
    public static final Person PLATFORM = Person.of("PlatformMSP", Role.OPERATOR);
    public static final Person MERCHANTS = Person.of("MerchantsMSP", Role.OPERATOR);
    public static final Secp256k1Key AUDIT_ATTESTER = Secp256k1Key.generate();
    public static final Secp256k1Key PLATFORM_ATTESTER = Secp256k1Key.generate();
    public static final Secp256k1Key MERCHANTS_ATTESTER = Secp256k1Key.generate();

    private static final Bazaar OPENED = open();

    public final Ledger ledger;
    public Instant now;
    private int commands;
    private int logs;

    private Bazaar(Ledger ledger, Instant now) {
        this.ledger = ledger;
        this.now = now;
    }

    /** A fresh copy: market in force, everybody registered and accredited. */
    public static Bazaar opened() {
        return OPENED.copy();
    }

    public Bazaar copy() {
        Bazaar copy = new Bazaar(ledger.copy(), now);
        copy.commands = commands;
        copy.logs = logs;
        return copy;
    }

    /** On a ledger that exists; its commands and logs are numbered from another number on. */
    public static Bazaar on(Ledger ledger, Instant now) {
        Bazaar bazaar = new Bazaar(ledger, now);
        bazaar.commands = 1_000;
        bazaar.logs = 1_000;
        return bazaar;
    }

    /** Before anything is on the ledger. */
    public static Bazaar empty() {
        return new Bazaar(new Ledger(), START);
    }

    private static Bazaar open() {
        Bazaar bazaar = empty();
        bazaar.does(new Command.ApproveMarket(bazaar.id(), config(1)), PLATFORM);
        bazaar.does(new Command.ApproveMarket(bazaar.id(), config(1)), AUDIT);
        for (Person person : List.of(BUYER, MERCHANT, SECOND_MERCHANT, CARRIER, ARBITER, SUBSTITUTE)) {
            bazaar.does(bazaar.registration(person), person);
        }
        for (Person person : List.of(MERCHANT, SECOND_MERCHANT, CARRIER, ARBITER, SUBSTITUTE)) {
            bazaar.accredited(person);
        }
        return bazaar;
    }

    public static MarketConfig config(int version) {
        return new MarketConfig(
                version,
                LEDGER,
                CHAIN,
                ESCROW,
                List.of(
                        new MarketConfig.Attester("AuditMSP", AUDIT_ATTESTER.address()),
                        new MarketConfig.Attester("MerchantsMSP", MERCHANTS_ATTESTER.address()),
                        new MarketConfig.Attester("PlatformMSP", PLATFORM_ATTESTER.address())),
                "AuditMSP",
                86_400,
                2,
                List.of(ASSET, FINE_ASSET));
    }

    public Command.RegisterParty registration(Person person) {
        Role role = person.asker().role();
        return new Command.RegisterParty(
                id(), role == null ? Role.DEVICE : role, person.wallet().address(), person.bindingSignature(LEDGER));
    }

    /** Two organisations say that the party is what its certificate claims. */
    public void accredited(Person person) {
        Role role = Objects.requireNonNull(person.asker().role());
        for (Person operator : List.of(PLATFORM, AUDIT)) {
            does(new Command.AccreditParty(id(), person.id(), role), operator);
        }
    }

    public CommandId id() {
        commands++;
        return new CommandId("command-" + commands);
    }

    public Outcome decide(Command command, Person by) {
        return Rules.decide(command, ledger, new Context(by.asker(), now));
    }

    /** The command takes effect. */
    public Outcome.Moved does(Command command, Person by) {
        Outcome outcome = decide(command, by);
        assertThat(outcome).as("%s", command).isInstanceOf(Outcome.Moved.class);
        Outcome.Moved moved = (Outcome.Moved) outcome;
        moved.writes().forEach(ledger::put);
        return moved;
    }

    /** The command is refused, and by this code. */
    public void refuses(RefusalCode code, Command command, Person by) {
        assertThat(decide(command, by))
                .as("%s", command)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code())
                                .as(refused.refusal().message())
                                .isEqualTo(code));
    }

    public Bazaar later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    public Consignment consignment() {
        return ledger.get(Keys.consignment(ID));
    }

    public long version() {
        return consignment().version();
    }

    // ---- the order ----

    public Command.PlaceOrder order() {
        return order(TermsBuilder.valid());
    }

    public Command.PlaceOrder order(TermsBuilder... terms) {
        return new Command.PlaceOrder(
                id(), ORDER, Arrays.stream(terms).map(TermsBuilder::signed).toList());
    }

    public Bazaar placed() {
        does(order(), BUYER);
        return this;
    }

    public Bazaar funded() {
        placed();
        does(deposit(), STRANGER);
        return this;
    }

    public Bazaar shipped() {
        funded();
        does(ship(), MERCHANT);
        return this;
    }

    public Bazaar delivered() {
        shipped();
        does(deliver(), CARRIER);
        return this;
    }

    public Bazaar returnRequested() {
        delivered();
        does(new Command.RequestReturn(id(), ID, version(), CARRIER.id(), Digest.ZERO), BUYER);
        return this;
    }

    public Bazaar returnShipped() {
        returnRequested();
        does(new Command.PickUpReturn(id(), ID, version(), event("returning", Facts.epcs(Facts.items()))), CARRIER);
        return this;
    }

    public Bazaar returned() {
        returnShipped();
        does(new Command.DeliverReturn(id(), ID, version(), event("receiving", Facts.epcs(Facts.items()))), CARRIER);
        return this;
    }

    public Bazaar disputed() {
        delivered();
        does(new Command.OpenDispute(id(), ID, version(), Digest.ZERO, null), BUYER);
        return this;
    }

    public Bazaar ruled(long toMerchant, long toBuyer) {
        disputed();
        does(rule(toMerchant, toBuyer), ARBITER);
        return this;
    }

    // ---- commands ----

    public Command.RecordDeposit deposit() {
        return new Command.RecordDeposit(id(), ID, attested(Evidence.Kind.DEPOSIT, total(), 0, 0));
    }

    public Command.RecordPaid paid(long gross, long payer) {
        return new Command.RecordPaid(id(), ID, attested(Evidence.Kind.PAID, total(), gross, payer));
    }

    public Command.RecordReclaim reclaimed(long gross, long payer) {
        return new Command.RecordReclaim(id(), ID, attested(Evidence.Kind.RECLAIM, total(), gross, payer));
    }

    public Command.Ship ship() {
        return ship(Facts.items());
    }

    public Command.Ship ship(List<LineItems> items) {
        return new Command.Ship(id(), ID, version(), items, CARRIER.id(), event("shipping", Facts.epcs(items)));
    }

    public Command.Deliver deliver() {
        return new Command.Deliver(id(), ID, version(), event("arriving", Facts.epcs(Facts.items())));
    }

    public Command.Accept accept(Command.Part part) {
        return new Command.Accept(id(), ID, version(), part);
    }

    public Command.Refund refund(Command.Part part) {
        return new Command.Refund(id(), ID, version(), part);
    }

    public Command.Rule rule(long toMerchant, long toBuyer) {
        return new Command.Rule(id(), ID, version(), Amount.of(toMerchant), Amount.of(toBuyer), Digest.ZERO);
    }

    public static Command.Part amount(long units) {
        return new Command.Part(Amount.of(units), List.of());
    }

    public static Command.Part lines(Integer... numbers) {
        return new Command.Part(null, List.of(numbers));
    }

    // ---- goods ----

    public EpcisRecord event(String step, List<String> epcs) {
        commands++;
        String action = step.equals("commissioning") ? "ADD" : "OBSERVE";
        return new EpcisRecord(
                "ni:///sha-256;" + String.format("%064x", commands) + "?ver=CBV2.0",
                "ObjectEvent",
                action,
                step,
                null,
                now,
                epcs,
                null,
                null,
                Digest.ZERO);
    }

    // ---- evidence ----

    public Evidence attested(Evidence.Kind kind, long deposited, long gross, long payer) {
        return Facts.attested(seen(kind, deposited, gross, payer), AUDIT_ATTESTER, PLATFORM_ATTESTER);
    }

    public Evidence.Seen seen(Evidence.Kind kind, long deposited, long gross, long payer) {
        logs++;
        return new Evidence.Seen(
                CHAIN,
                ESCROW,
                ledger.get(Keys.consignment(ID)).escrowId(),
                kind,
                Amount.of(deposited),
                Amount.of(gross),
                Amount.of(payer),
                Digest.ZERO,
                logs,
                1,
                Digest.ZERO,
                START);
    }

    public static long total() {
        return TermsBuilder.TOTAL;
    }

    public static Terms.Timers timers() {
        return new Terms.Timers(
                48 * HOUR, 240 * HOUR, 168 * HOUR, 168 * HOUR, 240 * HOUR, 72 * HOUR, 168 * HOUR, 72 * HOUR);
    }
}
