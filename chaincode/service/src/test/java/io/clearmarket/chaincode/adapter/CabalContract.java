package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever moves money needs the auditor's organisation: the platform's and the merchants' peers together endorse each such
 * command, and the ledger takes none of them; the very same request is taken once the auditor's peer has endorsed it too.
 */
@Timeout(900)
abstract class CabalContract extends CabalMarket {
    /** Seconds that a timer runs that is to run out; and one that is not. */
    private static final long SHORT = 2;

    private static final long LONG = 3_600;

    /** What happens before. */
    private interface Step {
        void take(CabalOrder order) throws Exception;
    }

    /** What is asked for then. */
    private interface Asked {
        Command of(CabalOrder order) throws Exception;
    }

    /** How a command comes to be legal, and who asks for it. */
    private record Case(UnaryOperator<TermsBuilder> terms, Step before, Person by, Asked command) {}

    private final Map<ConsignmentId, String> events = new HashMap<>();
    private int serials;
    /** Whatever row of the table decides money, freezes it or frees it has a case here. */
    @Test
    void every_row_about_money_is_tried() {
        Set<String> money = MoveTable.rows().stream()
                .filter(row -> row.closes() != LegalMove.Closes.NEVER || row.then() != null)
                .filter(row -> row.funds() == LegalMove.Funds.DEPOSITED || row.closes() == LegalMove.Closes.IF_EMPTY)
                .map(row -> CommandName.of(row.command()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(cases().keySet()).isEqualTo(money);
    }

    /** All are brought to where they are legal, and one wait lets every short timer run out. */
    @Test
    void every_command_about_money_needs_the_auditors_peer() throws Exception {
        Map<String, Case> cases = cases();
        Map<String, CabalOrder> orders = new TreeMap<>();
        for (Map.Entry<String, Case> entry : cases.entrySet()) {
            orders.put(entry.getKey(), prepared(entry.getKey(), entry.getValue()));
        }
        Thread.sleep(Duration.ofSeconds(SHORT).plus(Timer.GRACE).plusSeconds(1));
        for (Map.Entry<String, Case> entry : cases.entrySet()) {
            CabalOrder order = Objects.requireNonNull(orders.get(entry.getKey()));
            Command command = entry.getValue().command().of(order);
            assertThat(CommandName.of(command.getClass())).isEqualTo(entry.getKey());
            onlyWithTheAuditor(entry.getValue().by(), order.id(), command);
        }
    }

    /** Nor do the two agree on another market, or on who may sell. */
    @Test
    void what_operators_approve_needs_the_auditors_peer_too() throws Exception {
        Person other = registered("MerchantsMSP", Role.CARRIER);
        for (Command command : List.of(
                new Command.ApproveMarket(id(), Bazaar.config(2)),
                new Command.AccreditParty(id(), other.id(), Role.CARRIER))) {
            assertThat(committed(platform, command, CABAL)).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
            assertThat(committed(platform, command, WITH_AUDITOR)).isEqualTo(TxValidationCode.VALID);
        }
    }

    private CabalOrder prepared(String name, Case of) throws Exception {
        SignedTerms terms = of.terms()
                .apply(TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now))
                .of(new OrderId("cabal-" + name))
                .signed();
        agreed(buyer, new Command.PlaceOrder(id(), terms.terms().orderId(), List.of(terms)));
        serials += 10;
        CabalOrder order = new CabalOrder(terms, Facts.items(serials));
        of.before().take(order);
        return order;
    }

    private Map<String, Case> cases() {
        Map<String, Case> all = new TreeMap<>();
        all.put(
                "recordDeposit",
                of(
                        merchant,
                        o -> {},
                        o -> new Command.RecordDeposit(id(), o.id(), seen(o, Evidence.Kind.DEPOSIT, 0, 0))));
        all.put(
                "accept",
                of(buyer, this::funded, o -> new Command.Accept(id(), o.id(), version(o.id()), Bazaar.amount(7))));
        all.put(
                "refund",
                of(merchant, this::funded, o -> new Command.Refund(id(), o.id(), version(o.id()), Bazaar.amount(5))));
        all.put(
                "cancelFunded",
                of(merchant, this::funded, o -> new Command.CancelFunded(id(), o.id(), version(o.id()))));
        all.put(
                "recordPaid",
                of(
                        merchant,
                        this::funded,
                        o -> new Command.RecordPaid(id(), o.id(), seen(o, Evidence.Kind.PAID, 7, 0))));
        all.put(
                "recordReclaim",
                of(
                        merchant,
                        this::funded,
                        o -> new Command.RecordReclaim(id(), o.id(), seen(o, Evidence.Kind.RECLAIM, 0, total(o)))));
        all.put("refundUnshipped", timed(0, this::funded, o -> new Command.RefundUnshipped(id(), o.id())));
        all.put("openLost", timed(1, this::shipped, o -> new Command.OpenLost(id(), o.id())));
        all.put("releaseInspected", timed(2, this::delivered, o -> new Command.ReleaseInspected(id(), o.id())));
        all.put("returnLapsed", timed(3, this::returnRequested, o -> new Command.ReturnLapsed(id(), o.id())));
        all.put("openReturnLost", timed(4, this::returnShipped, o -> new Command.OpenReturnLost(id(), o.id())));
        all.put("refundReturned", timed(5, this::returned, o -> new Command.RefundReturned(id(), o.id())));
        all.put("defaultSplit", timed(6, this::disputed, o -> new Command.DefaultSplit(id(), o.id())));
        all.put("finalise", timed(7, this::ruled, o -> new Command.Finalise(id(), o.id())));
        all.put(
                "contestReturn",
                of(
                        merchant,
                        this::returnRequested,
                        o -> new Command.ContestReturn(id(), o.id(), version(o.id()), Digest.ZERO)));
        all.put(
                "openDispute",
                of(
                        buyer,
                        this::delivered,
                        o -> new Command.OpenDispute(id(), o.id(), version(o.id()), Digest.ZERO, null)));
        all.put(
                "acceptOffer",
                of(buyer, this::offered, o -> new Command.AcceptOffer(id(), o.id(), version(o.id()), offer(o))));
        all.put("rule", of(arbiter, this::disputed, this::rule));
        all.put("appeal", of(buyer, this::ruled, o -> new Command.Appeal(id(), o.id(), version(o.id()), Digest.ZERO)));
        all.put(
                "settleByEvent",
                byEvent(
                        DeliveryCondition.Effect.REFUND,
                        1_000,
                        o -> new Command.SettleByEvent(id(), o.id(), 1, told(o))));
        all.put(
                "freezeByEvent",
                byEvent(DeliveryCondition.Effect.FREEZE, 0, o -> new Command.FreezeByEvent(id(), o.id(), 1, told(o))));
        return all;
    }

    private static Case of(Person by, Step before, Asked command) {
        return new Case(terms -> terms, before, by, command);
    }

    /** Anybody's, once the timer with this place in the terms has run out. */
    private Case timed(int timer, Step before, Asked command) {
        long[] each = new long[8];
        Arrays.fill(each, LONG);
        each[timer] = SHORT;
        Terms.Timers lengths = new Terms.Timers(each[0], each[1], each[2], each[3], each[4], each[5], each[6], each[7]);
        return new Case(terms -> terms.timed(lengths), before, buyer, command);
    }

    /** Anybody's, once the carrier has said so. */
    private Case byEvent(DeliveryCondition.Effect effect, int share, Asked command) {
        DeliveryCondition condition = new DeliveryCondition(
                effect, share, List.of(carrier.id()), new DeliveryCondition.Expected("shipping", null, null), 0);
        Step said = order -> {
            shipped(order);
            EpcisRecord event = event("shipping", order.items());
            agreed(carrier, new Command.RecordEvent(id(), event));
            events.put(order.id(), event.eventId());
        };
        return new Case(terms -> terms.with(condition), said, buyer, command);
    }

    private String told(CabalOrder order) {
        return Objects.requireNonNull(events.get(order.id()));
    }

    private static long total(CabalOrder order) {
        return order.terms().terms().total().units().longValueExact();
    }

    private Digest offer(CabalOrder order) throws Exception {
        return Objects.requireNonNull(consignment(order.id()).dispute())
                .offers()
                .getFirst()
                .digest(order.id());
    }

    private void funded(CabalOrder order) throws Exception {
        agreed(merchant, new Command.RecordDeposit(id(), order.id(), seen(order, Evidence.Kind.DEPOSIT, 0, 0)));
    }

    private void shipped(CabalOrder order) throws Exception {
        funded(order);
        agreed(
                merchant,
                new Command.Ship(
                        id(),
                        order.id(),
                        version(order.id()),
                        order.items(),
                        carrier.id(),
                        event("shipping", order.items())));
    }

    private void delivered(CabalOrder order) throws Exception {
        shipped(order);
        agreed(carrier, new Command.Deliver(id(), order.id(), version(order.id()), event("arriving", order.items())));
    }

    private void returnRequested(CabalOrder order) throws Exception {
        delivered(order);
        agreed(buyer, new Command.RequestReturn(id(), order.id(), version(order.id()), carrier.id(), Digest.ZERO));
    }

    private void returnShipped(CabalOrder order) throws Exception {
        returnRequested(order);
        agreed(
                carrier,
                new Command.PickUpReturn(id(), order.id(), version(order.id()), event("returning", order.items())));
    }

    private void returned(CabalOrder order) throws Exception {
        returnShipped(order);
        agreed(
                carrier,
                new Command.DeliverReturn(id(), order.id(), version(order.id()), event("receiving", order.items())));
    }

    private void disputed(CabalOrder order) throws Exception {
        delivered(order);
        agreed(buyer, new Command.OpenDispute(id(), order.id(), version(order.id()), Digest.ZERO, null));
    }

    private void offered(CabalOrder order) throws Exception {
        disputed(order);
        Amount held = consignment(order.id()).money().held();
        agreed(merchant, new Command.OfferSplit(id(), order.id(), version(order.id()), held, Amount.ZERO));
    }

    private void ruled(CabalOrder order) throws Exception {
        disputed(order);
        agreed(arbiter, rule(order));
    }

    private Command rule(CabalOrder order) throws Exception {
        Amount held = consignment(order.id()).money().held();
        return new Command.Rule(id(), order.id(), version(order.id()), held, Amount.ZERO, Digest.ZERO);
    }

    /** Each command is one request with one id, tried twice. */
    private void onlyWithTheAuditor(Person by, ConsignmentId about, Command command) throws Exception {
        Consignment before = consignment(about);
        assertThat(committed(by, command, CABAL))
                .as(command + " endorsed by the platform and the merchants")
                .isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(consignment(about)).isEqualTo(before);

        assertThat(committed(by, command, WITH_AUDITOR))
                .as(command + " endorsed by the auditor too")
                .isEqualTo(TxValidationCode.VALID);
        assertThat(consignment(about).version()).isGreaterThan(before.version());
        assertThat(consignment(about)).isNotEqualTo(before);
    }
}
