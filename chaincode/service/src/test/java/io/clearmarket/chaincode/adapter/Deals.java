package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.hyperledger.fabric.client.GatewayException;

/** Consignments on the ledger, each brought by its parties to where something can be tried. */
final class Deals {
    /** Every timer of every consignment. */
    static final Duration TIMER = Duration.ofSeconds(60);

    /** Who is there all the time. */
    record People(Person buyer, Person merchant, Person carrier, Person arbiter, Person substitute) {
        static People of(LedgerMarket market) throws GatewayException {
            return new People(
                    market.registered("PlatformMSP", Role.BUYER),
                    market.registered("MerchantsMSP", Role.MERCHANT),
                    market.registered("PlatformMSP", Role.CARRIER),
                    market.registered("AuditMSP", Role.ARBITER),
                    market.registered("AuditMSP", Role.ARBITER));
        }
    }

    /** A consignment under way. */
    record Deal(SignedTerms signed, List<Command.LineItems> items) {
        ConsignmentId id() {
            return signed.terms().consignmentId();
        }
    }

    interface Of {
        Command of(Consignment now);
    }

    private final LedgerMarket market;
    private final People people;
    private final int number;
    private int deals;

    /** @param number no other's on this ledger; from 0 on */
    Deals(LedgerMarket market, People people, int number) {
        this.market = market;
        this.people = people;
        this.number = number;
    }

    Deal placed(Function<TermsBuilder, TermsBuilder> agreed) throws GatewayException {
        deals++;
        OrderId order = new OrderId("every-" + (1_000_000 + 100 * number + deals));
        SignedTerms signed = agreed.apply(terms(order)).signed();
        market.submit(people.buyer(), new Command.PlaceOrder(market.id(), order, List.of(signed)));
        return new Deal(signed, Facts.items(serial() + 10 * deals));
    }

    TermsBuilder terms(OrderId order) {
        return TermsBuilder.between(
                        people.buyer(),
                        people.merchant(),
                        List.of(people.arbiter().id(), people.substitute().id()),
                        market.now())
                .of(order)
                .timed(TIMER);
    }

    /** Serials from there on are this number's. */
    int serial() {
        return 1_000 * number;
    }

    Deal funded(Function<TermsBuilder, TermsBuilder> agreed) throws GatewayException {
        Deal deal = placed(agreed);
        deposit(deal);
        return deal;
    }

    Deal shipped() throws GatewayException {
        Deal deal = funded(terms -> terms);
        ship(deal);
        return deal;
    }

    Deal delivered() throws GatewayException {
        Deal deal = shipped();
        deliver(deal);
        return deal;
    }

    Deal returnRequested() throws GatewayException {
        Deal deal = delivered();
        step(
                people.buyer(),
                deal,
                c -> new Command.RequestReturn(
                        market.id(), c.id(), c.version(), people.carrier().id(), unique()));
        return deal;
    }

    Deal returnShipped() throws GatewayException {
        Deal deal = returnRequested();
        step(
                people.carrier(),
                deal,
                c -> new Command.PickUpReturn(market.id(), c.id(), c.version(), event("returning", deal)));
        return deal;
    }

    Deal returned() throws GatewayException {
        Deal deal = returnShipped();
        step(
                people.carrier(),
                deal,
                c -> new Command.DeliverReturn(market.id(), c.id(), c.version(), event("receiving", deal)));
        return deal;
    }

    Deal disputed() throws GatewayException {
        Deal deal = delivered();
        step(people.buyer(), deal, c -> new Command.OpenDispute(market.id(), c.id(), c.version(), unique(), null));
        return deal;
    }

    Deal ruled() throws GatewayException {
        Deal deal = disputed();
        step(
                people.arbiter(),
                deal,
                c -> new Command.Rule(
                        market.id(), c.id(), c.version(), c.money().held(), Amount.ZERO, unique()));
        return deal;
    }

    void deposit(Deal deal) throws GatewayException {
        step(
                people.merchant(),
                deal,
                c -> new Command.RecordDeposit(
                        market.id(), c.id(), market.deposit(deal.signed().terms())));
    }

    void ship(Deal deal) throws GatewayException {
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

    void deliver(Deal deal) throws GatewayException {
        step(
                people.carrier(),
                deal,
                c -> new Command.Deliver(market.id(), c.id(), c.version(), event("arriving", deal)));
    }

    EpcisRecord event(String step, Deal deal) {
        return market.event(step, Facts.epcs(deal.items()));
    }

    void step(Person by, Deal deal, Of command) throws GatewayException {
        market.submit(by, command.of(market.consignment(deal.id())));
    }

    /** Such as nothing else has. */
    Digest unique() {
        return Digest.sha256(market.id().value().getBytes(UTF_8));
    }
}
