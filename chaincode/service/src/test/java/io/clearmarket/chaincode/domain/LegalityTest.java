package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Appealed;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Consignment.Offer;
import io.clearmarket.chaincode.api.Consignment.Ruling;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Records.Case;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Records.Review;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Actor;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every command in every combination of goods, dispute, deposit, closed, asker and time, against a second writing of
 * the rules: the columns below are transcribed from the specification and not derived from the table under test.
 */
class LegalityTest {
    private static final Instant DEADLINE = Bazaar.START.plusSeconds(Bazaar.HOUR);
    private static final Map<String, Person> ASKERS =
            Map.of("B", BUYER, "M", MERCHANT, "C", CARRIER, "A", ARBITER, "X", STRANGER);
    private static final Set<RefusalCode> ILLEGAL = Set.of(
            RefusalCode.WRONG_PARTY,
            RefusalCode.CLOSED,
            RefusalCode.WRONG_STATE,
            RefusalCode.DISPUTED,
            RefusalCode.ALREADY_DEPOSITED,
            RefusalCode.NOT_DEPOSITED,
            RefusalCode.TOO_EARLY,
            RefusalCode.TOO_LATE);

    record State(Goods goods, String dispute, boolean deposited, boolean closed) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # who | goods (P S D Rr Rs Rd, * all) | dispute (N O R, A appealed, F ruled again) | deposited | closed too | time
        recordDeposit    | BMCAX | *   | N   | no  | yes | any
        openCase         | BM    | *   | NORAF | yes | yes | any
        openCase         | BM    | *   | NORAF | no  | yes | any
        answerCase       | BM    | *   | NORAF | yes | yes | any
        answerCase       | BM    | *   | NORAF | no  | yes | any
        amendTerms       | BM    | P   | N   | no  | no  | within
        cancel           | BM    | P   | N   | no  | no  | any
        expireUnpaid     | BMCAX | P   | N   | no  | no  | past
        cancelFunded     | M     | P   | N   | yes | no  | any
        refundUnshipped  | BMCAX | P   | N   | yes | no  | past
        ship             | M     | P   | N   | yes | no  | within
        deliver          | C     | S   | NORAF | yes | no  | any
        openLost         | BMCAX | S   | N   | yes | no  | past
        accept           | B     | *   | NOA | yes | no  | any
        refund           | M     | *   | NOA | yes | no  | any
        releaseInspected | BMCAX | D   | N   | yes | no  | past
        openDispute      | B     | S   | N   | yes | no  | any
        settleByEvent    | BMCAX | S   | N   | yes | no  | any
        settleByEvent    | BMCAX | D   | N   | yes | no  | any
        freezeByEvent    | BMCAX | S   | N   | yes | no  | any
        freezeByEvent    | BMCAX | D   | N   | yes | no  | any
        openDispute      | B     | D   | N   | yes | no  | within
        rule             | A     | *   | OA  | yes | no  | within
        submitEvidence   | BM    | *   | OA  | yes | no  | within
        appeal           | BM    | *   | R   | yes | no  | within
        offerSplit       | BM    | *   | OA  | yes | no  | any
        withdrawOffer    | BM    | *   | OA  | yes | no  | any
        acceptOffer      | BM    | *   | OA  | yes | no  | any
        finalise         | BMCAX | *   | R   | yes | no  | past
        finalise         | BMCAX | *   | F   | yes | no  | any
        requestReturn    | B     | D   | N   | yes | no  | within
        pickUpReturn     | C     | Rr  | N   | yes | no  | any
        returnLapsed     | BMCAX | Rr  | N   | yes | no  | past
        deliverReturn    | C     | Rs  | NORAF | yes | no  | any
        openReturnLost   | BMCAX | Rs  | N   | yes | no  | past
        refundReturned   | BMCAX | Rd  | N   | yes | no  | past
        contestReturn    | M     | Rr  | N   | yes | no  | any
        contestReturn    | M     | Rd  | N   | yes | no  | within
        defaultSplit     | BMCAX | *   | A   | yes | no  | past
        replaceArbiter   | BMCAX | *   | O   | yes | no  | past
        recordPaid       | BMCAX | *   | NORAF | yes | yes | any
        recordReclaim    | BMCAX | *   | NORAF | yes | yes | any
        recordReview     | B     | *   | NORAF | yes | yes | any
        answerReview     | M     | *   | NORAF | yes | yes | any
        """)
    void is_legal_exactly_where_the_specification_says(
            String command, String who, String goods, String dispute, String deposited, String closedToo, String time) {
        List<String> wrong = new ArrayList<>();
        for (State state : states()) {
            if (isOfAnotherLine(command, goods, dispute, deposited, state)) {
                continue;
            }
            Bazaar bazaar = in(state);
            for (Map.Entry<String, Person> person : ASKERS.entrySet()) {
                String asker = person.getKey();
                Command attempted = command(command, bazaar, person.getValue());
                for (String when : List.of("early", "grace", "late")) {
                    boolean expected = who.contains(asker)
                            && isIn(state.goods(), goods)
                            && dispute.contains(state.dispute())
                            && state.deposited() == deposited.equals("yes")
                            && (!state.closed() || closedToo.equals("yes"))
                            && (!time.equals("past") || when.equals("late"))
                            && (!time.equals("within") || when.equals("early"));
                    if (asker.equals("A") && who.equals("A") && state.dispute().equals("N")) {
                        expected = false; // nobody is arbiter of no dispute
                    }
                    Outcome outcome = attempt(attempted, bazaar, person.getValue(), when);
                    // whether a substitute is left stands in no row
                    boolean foretold = command.equals("replaceArbiter")
                            ? expected
                            : MoveTable.legal(person.getValue().id(), bazaar.consignment(), terms(bazaar), bazaar.now)
                                    .contains(attempted.getClass());
                    if (isLegal(outcome) != expected || foretold != expected) {
                        wrong.add(asker + " " + when + " " + state + " -> " + outcome);
                    }
                }
            }
        }
        assertThat(wrong).as(command).isEmpty();
    }

    /** A command with two lines: the other one speaks of that state. */
    private static boolean isOfAnotherLine(
            String command, String goods, String dispute, String deposited, State state) {
        return switch (command) {
            case "openDispute", "settleByEvent", "freezeByEvent" ->
                state.goods() == (goods.equals("D") ? Goods.SHIPPED : Goods.DELIVERED);
            case "contestReturn" -> state.goods() == (goods.equals("Rr") ? Goods.RETURNED : Goods.RETURN_REQUESTED);
            case "openCase", "answerCase" -> state.deposited() != deposited.equals("yes");
            case "finalise" -> state.dispute().equals(dispute.equals("R") ? "F" : "R");
            // in an open dispute a substitute is left here
            case "defaultSplit" -> state.dispute().equals("O");
            default -> false;
        };
    }

    @Test
    void every_command_of_a_consignment_stands_in_the_table() {
        Set<String> inTable = new TreeSet<>();
        MoveTable.rows().forEach(row -> inTable.add(CommandName.of(row.command())));
        Set<String> all = new TreeSet<>();
        CommandName.types().forEach((name, type) -> {
            if (Command.OfConsignment.class.isAssignableFrom(type)) {
                all.add(name);
            }
        });
        assertThat(inTable).isEqualTo(all);
    }

    @Test
    void a_move_ends_in_the_state_of_goods_that_its_row_names() {
        for (LegalMove row : MoveTable.rows()) {
            for (Goods from : row.from()) {
                State state = new State(
                        from,
                        letter(row.quarrels().iterator().next()),
                        row.funds() == LegalMove.Funds.DEPOSITED,
                        false);
                String when = row.due() != null && row.due().past() ? "late" : "early";
                Person asker = person(row.actors().iterator().next());
                Bazaar bazaar = in(state);
                Outcome outcome = attempt(command(CommandName.of(row.command()), bazaar, asker), bazaar, asker, when);
                if (outcome instanceof Outcome.Moved moved) {
                    moved.writes().stream()
                            .map(Outcome.Write::value)
                            .filter(Consignment.class::isInstance)
                            .map(Consignment.class::cast)
                            .forEach(next -> assertThat(next.goods())
                                    .as("%s from %s", row.command().getSimpleName(), from)
                                    .isEqualTo(row.to() == null ? from : row.to()));
                }
            }
        }
    }

    static String letter(LegalMove.Quarrel quarrel) {
        return switch (quarrel) {
            case NONE -> "N";
            case OPEN -> "O";
            case RULED -> "R";
            case APPEALED -> "A";
            case RULED_AGAIN -> "F";
        };
    }

    static Person person(Actor actor) {
        return switch (actor) {
            case BUYER -> BUYER;
            case MERCHANT -> MERCHANT;
            case CARRIER -> CARRIER;
            case ARBITER -> ARBITER;
            case ANYBODY -> STRANGER;
        };
    }

    private static List<State> states() {
        List<State> states = new ArrayList<>();
        for (Goods goods : Goods.values()) {
            for (String dispute : List.of("N", "O", "R", "A", "F")) {
                for (boolean deposited : new boolean[] {false, true}) {
                    states.add(new State(goods, dispute, deposited, false));
                    states.add(new State(goods, dispute, deposited, true));
                }
            }
        }
        return states;
    }

    private static Terms terms(Bazaar bazaar) {
        return Objects.requireNonNull(bazaar.ledger.get(Keys.terms(ID))).terms();
    }

    private static boolean isIn(Goods goods, String column) {
        return column.equals("*")
                || column.equals(
                        switch (goods) {
                            case PLACED -> "P";
                            case SHIPPED -> "S";
                            case DELIVERED -> "D";
                            case RETURN_REQUESTED -> "Rr";
                            case RETURN_SHIPPED -> "Rs";
                            case RETURNED -> "Rd";
                        });
    }

    private static boolean isLegal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Moved moved -> true;
            case Outcome.Refused refused -> {
                assertThat(refused.refusal().code())
                        .as(refused.refusal().message())
                        .isIn(ILLEGAL);
                yield false;
            }
        };
    }

    static Bazaar in(State state) {
        Bazaar bazaar = PLACED.copy();
        bazaar.ledger.put(Keys.consignment(ID), consignment(state, bazaar.consignment()));
        bazaar.ledger.put(Keys.caseOf(ID, 2), open(2, BUYER));
        bazaar.ledger.put(Keys.caseOf(ID, 3), open(3, MERCHANT));
        bazaar.ledger.put(Keys.review(ID, 2), reviewed(2));
        PartyId custodian = state.goods() == Goods.RETURN_REQUESTED ? BUYER.id() : CARRIER.id();
        for (String epc : Facts.epcs(Facts.items())) {
            if (state.goods() != Goods.PLACED) {
                bazaar.ledger.put(Keys.item(epc), new Item(epc, custodian, ID, Bazaar.START));
            }
        }
        return bazaar;
    }

    static Outcome attempt(Command command, Bazaar bazaar, Person asker, String when) {
        bazaar.now = switch (when) {
            case "early" -> DEADLINE;
            case "grace" -> DEADLINE.plusSeconds(29);
            default -> DEADLINE.plusSeconds(30);
        };
        return bazaar.decide(command, asker);
    }

    private static final Bazaar PLACED = DeliveryConditionsTest.placed();

    private static Consignment consignment(State state, Consignment placed) {
        Amount total = Amount.of(Bazaar.total());
        Ledgered money = Ledgered.NOTHING;
        if (state.deposited()) {
            EscrowMoney escrow = new EscrowMoney(333, 77);
            money = escrow.deposit(total);
            if (state.closed()) {
                money = escrow.decide(money, "refund", Amount.ZERO, total, Bazaar.START);
            }
        }
        return new Consignment(
                placed.id(),
                placed.orderId(),
                placed.buyer(),
                placed.merchant(),
                placed.asset(),
                placed.termsHash(),
                placed.escrowId(),
                7,
                state.goods(),
                money,
                new Deadlines(
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        DEADLINE,
                        placed.deadlines().stopDate()),
                dispute(state.dispute(), money.held()),
                CARRIER.id(),
                Facts.items(),
                Facts.items().subList(1, 2),
                List.of(1),
                List.of(),
                state.closed());
    }

    private static @Nullable Dispute dispute(String letter, Amount held) {
        Ruling ruling = new Ruling(Amount.ZERO, held, Digest.ZERO);
        Appealed appealed = new Appealed(1, ruling, BUYER.id(), Digest.ZERO);
        List<Offer> offers =
                List.of(new Offer(BUYER.id(), held, Amount.ZERO, 5), new Offer(MERCHANT.id(), held, Amount.ZERO, 6));
        return switch (letter) {
            case "O" -> new Dispute(Dispute.Status.OPEN, 0, Digest.ZERO, null, null, offers);
            case "R" -> new Dispute(Dispute.Status.RULED, 0, Digest.ZERO, ruling, null, List.of());
            case "A" -> new Dispute(Dispute.Status.OPEN, 0, Digest.ZERO, null, appealed, offers);
            case "F" -> new Dispute(Dispute.Status.RULED, 0, Digest.ZERO, ruling, appealed, List.of());
            default -> null;
        };
    }

    /** Terms that are sound at the deadline: their quote holds until then. */
    private static SignedTerms later() {
        TermsBuilder terms = TermsBuilder.valid();
        terms.quote = new Terms.Quote(TermsBuilder.RATE, 1, "test", Bazaar.START, DEADLINE);
        return terms.signed();
    }

    private static Case open(int number, Person by) {
        return new Case(
                ID, number, Command.CaseKind.QUESTION, by.id(), Digest.ZERO, Bazaar.START, DEADLINE, null, null);
    }

    private static Review reviewed(int line) {
        return new Review(ID, line, BUYER.id(), MERCHANT.id(), 2, Digest.ZERO, Bazaar.START, null, null);
    }

    /** The offer that this asker could accept: the other side's. */
    private static Digest offer(Bazaar bazaar, Person asker) {
        Dispute dispute = bazaar.consignment().dispute();
        return dispute == null
                ? Digest.ZERO
                : dispute.offers().stream()
                        .filter(offer -> !offer.by().equals(asker.id()))
                        .map(offer -> offer.digest(ID))
                        .findFirst()
                        .orElse(Digest.ZERO);
    }

    static Command command(String name, Bazaar bazaar, Person asker) {
        long held = bazaar.consignment().money().held().units().longValueExact();
        EpcisRecord returned =
                bazaar.event("returning", Facts.epcs(Facts.items().subList(1, 2)));
        return switch (name) {
            case "openCase" ->
                new Command.OpenCase(bazaar.id(), ID, 1, Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR);
            case "answerCase" -> new Command.AnswerCase(bazaar.id(), ID, asker.equals(MERCHANT) ? 2 : 3, Digest.ZERO);
            case "amendTerms" -> new Command.AmendTerms(bazaar.id(), ID, bazaar.version(), later());
            case "requestReturn" ->
                new Command.RequestReturn(bazaar.id(), ID, bazaar.version(), CARRIER.id(), Digest.ZERO);
            case "pickUpReturn" -> new Command.PickUpReturn(bazaar.id(), ID, bazaar.version(), returned);
            case "deliverReturn" -> new Command.DeliverReturn(bazaar.id(), ID, bazaar.version(), returned);
            case "contestReturn" -> new Command.ContestReturn(bazaar.id(), ID, bazaar.version(), Digest.ZERO);
            case "returnLapsed" -> new Command.ReturnLapsed(bazaar.id(), ID);
            case "openReturnLost" -> new Command.OpenReturnLost(bazaar.id(), ID);
            case "refundReturned" -> new Command.RefundReturned(bazaar.id(), ID);
            case "offerSplit" ->
                new Command.OfferSplit(bazaar.id(), ID, bazaar.version(), Amount.of(held), Amount.ZERO);
            case "withdrawOffer" -> new Command.WithdrawOffer(bazaar.id(), ID, bazaar.version());
            case "acceptOffer" -> new Command.AcceptOffer(bazaar.id(), ID, bazaar.version(), offer(bazaar, asker));
            case "appeal" -> new Command.Appeal(bazaar.id(), ID, bazaar.version(), Digest.ZERO);
            case "recordDeposit" -> bazaar.deposit();
            case "cancel" -> new Command.Cancel(bazaar.id(), ID, bazaar.version());
            case "expireUnpaid" -> new Command.ExpireUnpaid(bazaar.id(), ID);
            case "cancelFunded" -> new Command.CancelFunded(bazaar.id(), ID, bazaar.version());
            case "refundUnshipped" -> new Command.RefundUnshipped(bazaar.id(), ID);
            case "ship" -> bazaar.ship();
            case "deliver" -> bazaar.deliver();
            case "openLost" -> new Command.OpenLost(bazaar.id(), ID);
            case "accept" -> bazaar.accept(Command.Part.ALL);
            case "refund" -> bazaar.refund(Command.Part.ALL);
            case "releaseInspected" -> new Command.ReleaseInspected(bazaar.id(), ID);
            case "openDispute" -> new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), Digest.ZERO, null);
            case "settleByEvent" -> new Command.SettleByEvent(bazaar.id(), ID, 1, DeliveryConditionsTest.EVENT);
            case "freezeByEvent" -> new Command.FreezeByEvent(bazaar.id(), ID, 2, DeliveryConditionsTest.EVENT);
            case "submitEvidence" -> new Command.SubmitEvidence(bazaar.id(), ID, 1, Digest.ZERO);
            case "rule" -> bazaar.rule(0, held);
            case "finalise" -> new Command.Finalise(bazaar.id(), ID);
            case "replaceArbiter" -> new Command.ReplaceArbiter(bazaar.id(), ID);
            case "defaultSplit" -> new Command.DefaultSplit(bazaar.id(), ID);
            case "recordPaid" -> bazaar.paid(0, 0);
            case "recordReclaim" -> bazaar.reclaimed(0, Bazaar.total());
            case "recordReview" -> new Command.RecordReview(bazaar.id(), ID, 1, 5, Digest.ZERO);
            case "answerReview" -> new Command.AnswerReview(bazaar.id(), ID, 2, Digest.ZERO);
            default -> throw new AssertionError(name);
        };
    }
}
