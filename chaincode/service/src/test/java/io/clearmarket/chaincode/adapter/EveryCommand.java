package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.SampleDevice;
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
    private static final Pattern FROM = Pattern.compile("\"from\":\"[^\"]+\"");

    private final LedgerMarket market;
    private final Deals.People people;
    private final int number;
    private final Deals deals;
    private final List<Deals.Deal> first = new ArrayList<>();

    /** @param number no other's on this ledger; from 0 on */
    EveryCommand(LedgerMarket market, Deals.People people, int number) {
        this.market = market;
        this.people = people;
        this.number = number;
        deals = new Deals(market, people, number);
    }

    void start() throws Exception {
        organisations();
        party();
        things();
        sale();
        endings();
        events();
        first.addAll(List.of(
                deals.placed(terms -> terms.payingLater(Deals.TIMER.minusHours(1))),
                deals.funded(terms -> terms),
                deals.shipped(),
                deals.delivered(),
                deals.returnRequested(),
                deals.returnShipped(),
                deals.returned(),
                deals.disputed(),
                deals.ruled()));
    }

    void afterTimers() throws Exception {
        List<Function<Deals.Deal, Command>> due = List.of(
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
        Deals.Deal deal = first.get(7);
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
        List<String> made = List.of(Facts.epc(deals.serial() + 9));
        market.submit(people.merchant(), new Command.RecordEvent(market.id(), commissioning(made)));
        HandOver handOver = new HandOver(
                Bazaar.LEDGER, made, people.merchant().id(), people.buyer().id(), market.now(), deals.unique());
        market.submit(
                people.merchant(),
                new Command.RecordHandOver(market.id(), handOver, people.buyer().sign(handOver.canonicalBytes())));
        for (SampleDevice device : List.of(SampleDevice.p256(), SampleDevice.ed25519())) {
            market.submit(people.merchant(), device.registration(market.id(), people.merchant()));
            Instant now = market.now();
            market.submit(
                    people.merchant(),
                    new Command.CalibrateDevice(
                            market.id(), device.id(), deals.unique(), now, now.plus(Duration.ofDays(365))));
            market.submit(
                    people.merchant(),
                    new Command.RecordReadings(market.id(), deals.unique(), 3, 30, now.minusSeconds(60), now));
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
                now.plus(Deals.TIMER),
                3,
                2,
                deals.unique());
        market.submit(people.merchant(), new Command.PublishOffer(market.id(), offer));
        Deals.Deal placed = deals.placed(terms -> terms);
        SignedTerms amended = amended(placed);
        Deals.Deal deal = new Deals.Deal(amended, placed.items());
        deals.deposit(deal);
        deals.step(
                people.buyer(),
                deal,
                c -> new Command.OpenCase(
                        market.id(), c.id(), 1, Command.CaseKind.QUESTION, deals.unique(), Bazaar.HOUR));
        deals.step(people.merchant(), deal, c -> new Command.AnswerCase(market.id(), c.id(), 1, deals.unique()));
        deals.ship(deal);
        deals.deliver(deal);
        deals.step(people.buyer(), deal, c -> new Command.Accept(market.id(), c.id(), c.version(), Bazaar.lines(1)));
        deals.step(people.buyer(), deal, c -> new Command.RecordReview(market.id(), c.id(), 1, 5, deals.unique()));
        deals.step(people.merchant(), deal, c -> new Command.AnswerReview(market.id(), c.id(), 1, deals.unique()));
        deals.step(people.buyer(), deal, c -> new Command.Accept(market.id(), c.id(), c.version(), Command.Part.ALL));
        deals.step(
                people.carrier(),
                deal,
                c -> new Command.RecordPaid(
                        market.id(),
                        c.id(),
                        market.paid(
                                amended.terms(), c.money().gross(), c.money().buyer())));
    }

    /** Longer and longer time for everything, as both sign. */
    private SignedTerms amended(Deals.Deal deal) throws Exception {
        SignedTerms last = deal.signed();
        for (int longer = 1; longer <= 3; longer++) {
            SignedTerms next = deals.terms(deal.id().orderId())
                    .timed(Deals.TIMER.plusSeconds(longer))
                    .signed();
            deals.step(people.merchant(), deal, c -> new Command.AmendTerms(market.id(), c.id(), c.version(), next));
            last = next;
        }
        return last;
    }

    /** What ends or freezes a consignment without waiting. */
    private void endings() throws Exception {
        deals.step(
                people.buyer(),
                deals.placed(terms -> terms),
                c -> new Command.Cancel(market.id(), c.id(), c.version()));
        Deals.Deal refunded = deals.funded(terms -> terms);
        deals.step(
                people.merchant(),
                refunded,
                c -> new Command.Refund(market.id(), c.id(), c.version(), Bazaar.amount(5)));
        deals.step(people.merchant(), refunded, c -> new Command.CancelFunded(market.id(), c.id(), c.version()));
        Deals.Deal reclaimed = deals.funded(terms -> terms);
        deals.step(
                people.buyer(),
                reclaimed,
                c -> new Command.RecordReclaim(
                        market.id(), c.id(), market.reclaimed(reclaimed.signed().terms())));
        deals.step(
                people.merchant(),
                deals.returnRequested(),
                c -> new Command.ContestReturn(market.id(), c.id(), c.version(), deals.unique()));
        deals.step(
                people.buyer(),
                deals.ruled(),
                c -> new Command.Appeal(market.id(), c.id(), c.version(), deals.unique()));
    }

    private void quarrel(Deals.Deal lost) throws Exception {
        deals.step(people.buyer(), lost, c -> new Command.SubmitEvidence(market.id(), c.id(), 1, deals.unique()));
        deals.step(people.merchant(), lost, this::split);
        deals.step(people.merchant(), lost, c -> new Command.WithdrawOffer(market.id(), c.id(), c.version()));
        deals.step(people.merchant(), lost, this::split);
        deals.step(
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
        Deals.Deal settled = told(DeliveryCondition.Effect.REFUND, 1_000);
        EpcisRecord arrived = market.event("inspecting", Facts.epcs(settled.items()));
        market.submit(people.carrier(), new Command.RecordEvent(market.id(), arrived));
        deals.step(people.buyer(), settled, c -> new Command.SettleByEvent(market.id(), c.id(), 1, arrived.eventId()));
        Deals.Deal frozen = told(DeliveryCondition.Effect.FREEZE, 0);
        EpcisRecord damaged = market.event("inspecting", Facts.epcs(frozen.items()));
        market.submit(people.carrier(), new Command.RecordEvent(market.id(), damaged));
        deals.step(people.buyer(), frozen, c -> new Command.FreezeByEvent(market.id(), c.id(), 1, damaged.eventId()));
    }

    private Deals.Deal told(DeliveryCondition.Effect effect, int share) throws Exception {
        DeliveryCondition condition = new DeliveryCondition(
                effect,
                share,
                List.of(people.carrier().id()),
                new DeliveryCondition.Expected("inspecting", null, null),
                0);
        Deals.Deal deal = deals.funded(terms -> terms.with(condition));
        deals.ship(deal);
        return deal;
    }
}
