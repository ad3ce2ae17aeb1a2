package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.SampleDevice;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Each command of the table at least once on the ledger, where it is legal: in three parts, before each of which every timer runs out. */
final class EveryCommand {
    /** Every timer of every consignment. */
    static final Duration TIMER = Duration.ofSeconds(60);

    private static final Pattern FROM = Pattern.compile("\"from\":\"[^\"]+\"");

    /** Who is there all the time. */
    record People(Person buyer, Person merchant, Person carrier, Person arbiter, Person substitute) {
        static People of(LedgerMarket market) throws Exception {
            return new People(
                    market.registered("PlatformMSP", Role.BUYER),
                    market.registered("MerchantsMSP", Role.MERCHANT),
                    market.registered("PlatformMSP", Role.CARRIER),
                    market.registered("AuditMSP", Role.ARBITER),
                    market.registered("AuditMSP", Role.ARBITER));
        }
    }

    /** A consignment under way. */
    private record Deal(SignedTerms signed, List<Command.LineItems> items) {
        ConsignmentId id() {
            return signed.terms().consignmentId();
        }
    }

    private interface Of {
        Command of(Consignment now);
    }

    private final LedgerMarket market;
    private final People people;
    private final int number;
    private final List<Deal> first = new ArrayList<>();
    private int deals;

    /** @param number no other's on this ledger; from 0 on */
    EveryCommand(LedgerMarket market, People people, int number) {
        this.market = market;
        this.people = people;
        this.number = number;
    }

    void start() throws Exception {
        organisations();
        party();
        things();
        sale();
        endings();
        events();
        first.addAll(List.of(
                placed(terms -> terms.payingLater(TIMER.minusHours(1))),
                funded(terms -> terms),
                shipped(),
                delivered(),
                returnRequested(),
                returnShipped(),
                returned(),
                disputed(),
                ruled()));
    }

    void afterTimers() throws Exception {
        List<Function<Deal, Command>> due = List.of(
                deal -> new Command.ExpireUnpaid(market.id(), deal.id()),
                deal -> new Command.RefundUnshipped(market.id(), deal.id()),
                deal -> new Command.OpenLost(market.id(), deal.id()),
                deal -> new Command.ReleaseInspected(market.id(), deal.id()),
                deal -> new Command.ReturnLapsed(market.id(), deal.id()),
                deal -> new Command.OpenReturnLost(market.id(), deal.id()),
                deal -> new Command.RefundReturned(market.id(), deal.id()),
                deal -> new Command.ReplaceArbiter(market.id(), deal.id()),
                deal -> new Command.Finalise(market.id(), deal.id()));
        for (int i = 0; i < due.size(); i++) {
            market.submit(people.carrier(), due.get(i).apply(first.get(i)));
        }
        quarrel(first.get(2));
    }

    /** The substitute was silent too. */
    void afterTimersAgain() throws Exception {
        Deal deal = first.get(7);
        market.submit(people.carrier(), new Command.DefaultSplit(market.id(), deal.id()));
    }

    // ---- the market and its parties ----

    /** The next version of the same configuration. */
    private void organisations() throws Exception {
        for (Person operator : operators()) {
            market.submit(operator, new Command.ApproveMarket(market.id(), Bazaar.config(number + 2)));
        }
    }

    private List<Person> operators() {
        return List.of(market.audit(), market.platform());
    }

    private void party() throws Exception {
        Person party = market.registered("MerchantsMSP", Role.MERCHANT);
        Person successor = market.registered("MerchantsMSP", Role.MERCHANT);
        for (Person operator : operators()) {
            market.submit(operator, new Command.SuspendParty(market.id(), party.id(), Digest.ZERO));
        }
        for (Person operator : operators()) {
            market.submit(operator, new Command.ReinstateParty(market.id(), party.id()));
        }
        market.submit(party, newAddress(party));
        market.submit(party, new Command.WithdrawChange(market.id()));
        market.submit(party, newAddress(party));
        changeWaited(party);
        market.submit(party, new Command.CompleteChange(market.id(), party.id()));
        market.submit(party, new Command.ChangeKey(market.id(), successor.id()));
        changeWaited(party);
        market.submit(successor, new Command.CompleteChange(market.id(), party.id()));
    }

    private Command newAddress(Person party) {
        Person payable = new Person(party.keys(), Secp256k1Key.generate(), party.asker());
        return new Command.ChangeAddress(
                market.id(), payable.wallet().address(), payable.bindingSignature(Bazaar.LEDGER));
    }

    /** What was announced was announced eight days earlier. */
    private void changeWaited(Person party) throws Exception {
        String record = new String(
                market.channel(party)
                        .getContract("market")
                        .evaluateTransaction("get", "party", party.id().value()),
                UTF_8);
        String waited =
                FROM.matcher(record).replaceFirst("\"from\":\"" + market.now().minus(Duration.ofDays(1)) + "\"");
        market.load(party, Keys.party(party.id()).composite(), waited);
    }

    // ---- goods and devices ----

    private void things() throws Exception {
        List<String> made = List.of(Facts.epc(serial() + 9));
        market.submit(people.merchant(), new Command.RecordEvent(market.id(), commissioning(made)));
        HandOver handOver = new HandOver(
                Bazaar.LEDGER, made, people.merchant().id(), people.buyer().id(), market.now(), unique());
        market.submit(
                people.merchant(),
                new Command.RecordHandOver(market.id(), handOver, people.buyer().sign(handOver.canonicalBytes())));
        for (SampleDevice device : List.of(SampleDevice.p256(), SampleDevice.ed25519())) {
            market.submit(people.merchant(), device.registration(market.id(), people.merchant()));
            Instant now = market.now();
            market.submit(
                    people.merchant(),
                    new Command.CalibrateDevice(
                            market.id(), device.id(), unique(), now, now.plus(Duration.ofDays(365))));
            market.submit(
                    people.merchant(),
                    new Command.RecordReadings(market.id(), unique(), 3, 30, now.minusSeconds(60), now));
            market.submit(people.merchant(), new Command.RevokeDevice(market.id(), device.id()));
        }
    }

    private EpcisRecord commissioning(List<String> epcs) {
        EpcisRecord event = market.event("commissioning", epcs);
        return new EpcisRecord(
                event.eventId(),
                event.type(),
                "ADD",
                event.bizStep(),
                null,
                event.eventTime(),
                epcs,
                null,
                null,
                event.document());
    }

    private Digest unique() {
        return Digest.sha256(market.id().value().getBytes(UTF_8));
    }

    // ---- orders ----

    private void sale() throws Exception {
        Instant now = market.now();
        SaleOffer offer = new SaleOffer(
                Bazaar.LEDGER,
                people.merchant().id(),
                "product-1",
                Bazaar.GTIN,
                new Money(Amount.of(1_500), "BRL"),
                3_333,
                now.minusSeconds(1),
                now.plus(TIMER),
                3,
                2,
                unique());
        market.submit(people.merchant(), new Command.PublishOffer(market.id(), offer));
        Deal placed = placed(terms -> terms);
        SignedTerms amended =
                terms(placed.id().orderId()).timed(TIMER.plusSeconds(1)).signed();
        step(people.merchant(), placed, c -> new Command.AmendTerms(market.id(), c.id(), c.version(), amended));
        Deal deal = new Deal(amended, placed.items());
        deposit(deal);
        step(
                people.buyer(),
                deal,
                c -> new Command.OpenCase(market.id(), c.id(), 1, Command.CaseKind.QUESTION, unique(), Bazaar.HOUR));
        step(people.merchant(), deal, c -> new Command.AnswerCase(market.id(), c.id(), 1, unique()));
        ship(deal);
        deliver(deal);
        step(people.buyer(), deal, c -> new Command.Accept(market.id(), c.id(), c.version(), Bazaar.lines(1)));
        step(people.buyer(), deal, c -> new Command.RecordReview(market.id(), c.id(), 1, 5, unique()));
        step(people.merchant(), deal, c -> new Command.AnswerReview(market.id(), c.id(), 1, unique()));
        step(people.buyer(), deal, c -> new Command.Accept(market.id(), c.id(), c.version(), Command.Part.ALL));
        step(
                people.carrier(),
                deal,
                c -> new Command.RecordPaid(
                        market.id(),
                        c.id(),
                        market.paid(
                                amended.terms(), c.money().gross(), c.money().buyer())));
    }

    /** What ends or freezes a consignment without waiting. */
    private void endings() throws Exception {
        step(people.buyer(), placed(terms -> terms), c -> new Command.Cancel(market.id(), c.id(), c.version()));
        Deal refunded = funded(terms -> terms);
        step(people.merchant(), refunded, c -> new Command.Refund(market.id(), c.id(), c.version(), Bazaar.amount(5)));
        step(people.merchant(), refunded, c -> new Command.CancelFunded(market.id(), c.id(), c.version()));
        Deal reclaimed = funded(terms -> terms);
        step(
                people.buyer(),
                reclaimed,
                c -> new Command.RecordReclaim(
                        market.id(), c.id(), market.reclaimed(reclaimed.signed().terms())));
        step(
                people.merchant(),
                returnRequested(),
                c -> new Command.ContestReturn(market.id(), c.id(), c.version(), unique()));
        step(people.buyer(), ruled(), c -> new Command.Appeal(market.id(), c.id(), c.version(), unique()));
    }

    private void quarrel(Deal lost) throws Exception {
        step(people.buyer(), lost, c -> new Command.SubmitEvidence(market.id(), c.id(), 1, unique()));
        step(people.merchant(), lost, EveryCommand.this::split);
        step(people.merchant(), lost, c -> new Command.WithdrawOffer(market.id(), c.id(), c.version()));
        step(people.merchant(), lost, EveryCommand.this::split);
        step(
                people.buyer(),
                lost,
                c -> new Command.AcceptOffer(
                        market.id(),
                        c.id(),
                        c.version(),
                        Objects.requireNonNull(c.dispute()).offers().getFirst().digest(c.id())));
    }

    private Command split(Consignment now) {
        return new Command.OfferSplit(
                market.id(), now.id(), now.version(), now.money().held(), Amount.ZERO);
    }

    private void events() throws Exception {
        Deal settled = told(DeliveryCondition.Effect.REFUND, 1_000);
        EpcisRecord arrived = market.event("inspecting", Facts.epcs(settled.items()));
        market.submit(people.carrier(), new Command.RecordEvent(market.id(), arrived));
        step(people.buyer(), settled, c -> new Command.SettleByEvent(market.id(), c.id(), 1, arrived.eventId()));
        Deal frozen = told(DeliveryCondition.Effect.FREEZE, 0);
        EpcisRecord damaged = market.event("inspecting", Facts.epcs(frozen.items()));
        market.submit(people.carrier(), new Command.RecordEvent(market.id(), damaged));
        step(people.buyer(), frozen, c -> new Command.FreezeByEvent(market.id(), c.id(), 1, damaged.eventId()));
    }

    private Deal told(DeliveryCondition.Effect effect, int share) throws Exception {
        DeliveryCondition condition = new DeliveryCondition(
                effect,
                share,
                List.of(people.carrier().id()),
                new DeliveryCondition.Expected("inspecting", null, null),
                0);
        Deal deal = funded(terms -> terms.with(condition));
        ship(deal);
        return deal;
    }

    // ---- the way there ----

    private Deal placed(Function<TermsBuilder, TermsBuilder> agreed) throws Exception {
        deals++;
        OrderId order = new OrderId("every-" + (1_000_000 + 100 * number + deals));
        SignedTerms signed = agreed.apply(terms(order)).signed();
        market.submit(people.buyer(), new Command.PlaceOrder(market.id(), order, List.of(signed)));
        return new Deal(signed, Facts.items(serial() + 10 * deals));
    }

    private TermsBuilder terms(OrderId order) {
        return TermsBuilder.between(
                        people.buyer(),
                        people.merchant(),
                        List.of(people.arbiter().id(), people.substitute().id()),
                        market.now())
                .of(order)
                .timed(TIMER);
    }

    private int serial() {
        return 1_000 * number;
    }

    private Deal funded(Function<TermsBuilder, TermsBuilder> agreed) throws Exception {
        Deal deal = placed(agreed);
        deposit(deal);
        return deal;
    }

    private Deal shipped() throws Exception {
        Deal deal = funded(terms -> terms);
        ship(deal);
        return deal;
    }

    private Deal delivered() throws Exception {
        Deal deal = shipped();
        deliver(deal);
        return deal;
    }

    private Deal returnRequested() throws Exception {
        Deal deal = delivered();
        step(
                people.buyer(),
                deal,
                c -> new Command.RequestReturn(
                        market.id(), c.id(), c.version(), people.carrier().id(), unique()));
        return deal;
    }

    private Deal returnShipped() throws Exception {
        Deal deal = returnRequested();
        step(
                people.carrier(),
                deal,
                c -> new Command.PickUpReturn(market.id(), c.id(), c.version(), event("returning", deal)));
        return deal;
    }

    private Deal returned() throws Exception {
        Deal deal = returnShipped();
        step(
                people.carrier(),
                deal,
                c -> new Command.DeliverReturn(market.id(), c.id(), c.version(), event("receiving", deal)));
        return deal;
    }

    private Deal disputed() throws Exception {
        Deal deal = delivered();
        step(people.buyer(), deal, c -> new Command.OpenDispute(market.id(), c.id(), c.version(), unique(), null));
        return deal;
    }

    private Deal ruled() throws Exception {
        Deal deal = disputed();
        step(
                people.arbiter(),
                deal,
                c -> new Command.Rule(
                        market.id(), c.id(), c.version(), c.money().held(), Amount.ZERO, unique()));
        return deal;
    }

    private void deposit(Deal deal) throws Exception {
        step(
                people.merchant(),
                deal,
                c -> new Command.RecordDeposit(
                        market.id(), c.id(), market.deposit(deal.signed().terms())));
    }

    private void ship(Deal deal) throws Exception {
        step(
                people.merchant(),
                deal,
                c -> new Command.Ship(
                        market.id(),
                        c.id(),
                        c.version(),
                        deal.items(),
                        people.carrier().id(),
                        event("shipping", deal)));
    }

    private void deliver(Deal deal) throws Exception {
        step(
                people.carrier(),
                deal,
                c -> new Command.Deliver(market.id(), c.id(), c.version(), event("arriving", deal)));
    }

    private EpcisRecord event(String step, Deal deal) {
        return market.event(step, Facts.epcs(deal.items()));
    }

    private void step(Person by, Deal deal, Of command) throws Exception {
        market.submit(by, command.of(market.consignment(deal.id())));
    }
}
