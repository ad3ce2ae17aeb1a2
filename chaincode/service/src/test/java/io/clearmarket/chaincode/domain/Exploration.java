package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.moves.Actor;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Every situation that one consignment can come into, by every command of every party at every kind of time; the rules that
 * decide are those that are deployed. Each step and then the whole graph is checked against the promises of the rules.
 *
 * <p>Times don't have to follow each other: a command with an early timestamp may come after one with a late one. So more is
 * explored than can happen, and what holds here holds there.
 */
public final class Exploration implements Callable<Exploration.Found> {
    /** A large exploration says how far it is after so many situations. */
    private static final int NEWS = 10_000;

    /** The third arbiter, where there is one: without it no substitute is left in an appeal. */
    static final Person LAST_ARBITER = Person.of("AuditMSP", Role.ARBITER);

    private static final List<Person> PEOPLE = List.of(BUYER, MERCHANT, CARRIER, ARBITER, SUBSTITUTE, STRANGER);

    /** When a command comes, by the deadline that runs and by the stop date. */
    enum When {
        /** At the deadline itself: not past. */
        EARLY,
        /** Within the grace: neither past nor not past. */
        GRACE,
        /** The first moment at which it is past. */
        LATE,
        /** One second before the stop date: every timer that starts is cut short. */
        NEAR_STOP,
        /** One second after the stop date. */
        STOPPED;

        Instant of(Instant stopDate) {
            return switch (this) {
                case EARLY -> Situation.DEADLINE;
                case GRACE -> Situation.DEADLINE.plusSeconds(29);
                case LATE -> Situation.DEADLINE.plusSeconds(30);
                case NEAR_STOP -> stopDate.minusSeconds(1);
                case STOPPED -> stopDate.plusSeconds(1);
            };
        }
    }

    /** A step that was accepted. */
    record Step(Situation from, Command command, Person by, When when, Situation to) {
        @Override
        public String toString() {
            return command + " by " + by.asker().role() + " " + when + "\nin " + from + "\nto " + to;
        }

        boolean isBy(Person... people) {
            return Arrays.asList(people).contains(by);
        }

        /** What is said beside goods and money: it moves neither. */
        boolean isSaid() {
            return command instanceof Command.RecordReview
                    || command instanceof Command.OpenCase
                    || command instanceof Command.AnswerCase
                    || command instanceof Command.SubmitEvidence
                    || command instanceof Command.RecordEvent;
        }

        boolean isTimed() {
            return command instanceof Command.Timed;
        }

        boolean isEvidence() {
            return command instanceof Command.RecordDeposit
                    || command instanceof Command.RecordPaid
                    || command instanceof Command.RecordReclaim;
        }
    }

    /**
     * What was found.
     *
     * @param reached how often a command was accepted: "state | command | actor"
     * @param refusals how often each code was answered
     * @param reads the kinds of record that each command read, {@code writes} likewise
     */
    public record Found(
            int situations,
            long attempts,
            long accepted,
            Map<String, Integer> reached,
            Map<RefusalCode, Long> refusals,
            Map<String, Set<String>> reads,
            Map<String, Set<String>> writes) {}

    private final ExplorationTerms terms;
    private final List<Person> people = new ArrayList<>(PEOPLE);
    private final ExplorationView view;
    private final ExplorationMoves moves;
    private final ExplorationChecks checks;
    private final Map<Situation, List<Step>> graph = new LinkedHashMap<>();
    private final Map<Situation, Situation> situations = new HashMap<>();
    private final Map<String, Integer> reached = new TreeMap<>();
    private final Map<RefusalCode, Long> refusals = new TreeMap<>();
    private final Map<String, Set<String>> reads = new TreeMap<>();
    private final Map<String, Set<String>> writes = new TreeMap<>();
    private long attempts;
    private long accepted;

    /** Of an order without conditions. */
    public Exploration(int total, int arbiters, int feeBps, int referralBps) {
        this(ExplorationTerms.plain(total, arbiters, feeBps, referralBps));
    }

    Exploration(ExplorationTerms terms) {
        this.terms = terms;
        Bazaar bazaar = Bazaar.opened();
        if (terms.isJudgedBy(LAST_ARBITER)) {
            people.add(LAST_ARBITER);
            bazaar.does(bazaar.registration(LAST_ARBITER), LAST_ARBITER);
            bazaar.accredited(LAST_ARBITER);
        }
        bazaar.does(
                new Command.PlaceOrder(
                        bazaar.id(), Bazaar.ORDER, List.of(terms.all().getFirst())),
                BUYER);
        view = new ExplorationView(bazaar, terms);
        moves = new ExplorationMoves(terms);
        checks = new ExplorationChecks(terms);
    }

    /** Throws an AssertionError for the first promise that does not hold. */
    @Override
    public Found call() {
        Situation first = Situation.of(view.placed(), Map.of(), ExplorationEvents.Told.NOTHING);
        Deque<Situation> open = new ArrayDeque<>(List.of(first));
        graph.put(first, List.of());
        for (int explored = 1; !open.isEmpty(); explored++) {
            Situation from = open.remove();
            List<Step> steps = steps(from);
            graph.put(from, steps);
            for (Step step : steps) {
                if (graph.putIfAbsent(step.to(), List.of()) == null) {
                    open.add(step.to());
                }
            }
            if (explored % NEWS == 0) {
                System.out.println(explored + " explored, " + open.size() + " known and not yet, " + attempts
                        + " attempts, " + accepted + " accepted");
            }
        }
        new ExplorationPromises(graph).check(first);
        return new Found(graph.size(), attempts, accepted, reached, refusals, reads, writes);
    }

    /**
     * Whoever a command is for tries it at every kind of time that can matter to it, everybody else early (and late, unless
     * it is to be quick); who brings evidence or calls what is due is tried with two people, since these are anybody's; once
     * closed, when makes no difference.
     */
    private List<Step> steps(Situation from) {
        List<Step> steps = new ArrayList<>();
        for (Command command : moves.in(from)) {
            for (Person by : askers(command)) {
                for (When when : times(from, command, by)) {
                    attempt(from, command, by, when, steps);
                }
            }
        }
        for (Command.OfConsignment stale : moves.at(from, Situation.VERSION - 1)) {
            for (Person by : askers(stale)) {
                if (stale instanceof Command.Versioned && isFor(by, stale, from)) {
                    attempt(from, stale, by, When.EARLY, steps);
                }
            }
        }
        return steps;
    }

    private List<Person> askers(Command command) {
        boolean anybodys = rows(command).stream().anyMatch(row -> row.actors().contains(Actor.ANYBODY));
        return anybodys ? List.of(STRANGER, MERCHANT) : people;
    }

    private List<When> times(Situation from, Command command, Person by) {
        if (from.consignment().closed() || !(command instanceof Command.OfConsignment)) {
            return List.of(When.EARLY);
        }
        if (!isFor(by, command, from)) {
            return moves.isQuick() ? List.of(When.EARLY) : List.of(When.EARLY, When.LATE);
        }
        boolean waits = rows(command).stream().anyMatch(row -> row.due() != null);
        if (moves.isQuick() && isSaid(command)) {
            return List.of(When.EARLY);
        }
        return waits || !moves.isQuick() ? List.of(When.values()) : List.of(When.EARLY, When.NEAR_STOP, When.STOPPED);
    }

    /** No deadline matters to what is said in a case. */
    private static boolean isSaid(Command command) {
        return command instanceof Command.OpenCase || command instanceof Command.AnswerCase;
    }

    private static List<LegalMove> rows(Command command) {
        return command instanceof Command.OfConsignment ofConsignment
                ? LegalMoves.of(ofConsignment.getClass())
                : List.of();
    }

    private boolean isFor(Person by, Command command, Situation from) {
        return rows(command).stream()
                .flatMap(row -> row.actors().stream())
                .anyMatch(actor -> actor.is(by.id(), from.consignment(), terms.of(from.consignment())));
    }

    private void attempt(Situation from, Command command, Person by, When when, List<Step> steps) {
        attempts++;
        Instant now = when.of(terms.of(from.consignment()).stopDate());
        view.show(from);
        Outcome outcome = Rules.decide(command, view, new Context(by.asker(), now));
        reads.computeIfAbsent(name(command), any -> new TreeSet<>()).addAll(view.kindsRead());
        switch (outcome) {
            case Outcome.Refused refused -> refusals.merge(refused.refusal().code(), 1L, Long::sum);
            case Outcome.Moved moved -> {
                accepted++;
                checks.requireOwnKeys(moved, view.idsRead(), command);
                moved.writes()
                        .forEach(write -> writes.computeIfAbsent(name(command), any -> new TreeSet<>())
                                .add(write.key().kind().objectType()));
                Step step = new Step(from, command, by, when, known(from.after(moved)));
                checks.require(step, written(moved, from), now);
                reached.merge(from.cell() + " | " + name(command) + " | " + actor(by, from), 1, Integer::sum);
                steps.add(step);
            }
        }
    }

    /** The same object for equal situations: they are kept by the thousand. */
    private Situation known(Situation situation) {
        Situation earlier = situations.putIfAbsent(situation, situation);
        return earlier == null ? situation : earlier;
    }

    private static Consignment written(Outcome.Moved moved, Situation from) {
        return moved.writes().stream()
                .map(Outcome.Write::value)
                .filter(Consignment.class::isInstance)
                .map(Consignment.class::cast)
                .findFirst()
                .orElse(from.consignment());
    }

    private String actor(Person by, Situation from) {
        PartyId id = by.id();
        return Arrays.stream(Actor.values())
                .filter(actor -> actor.is(id, from.consignment(), terms.of(from.consignment())))
                .map(Enum::name)
                .findFirst()
                .orElse("ANYBODY");
    }

    static String name(Command command) {
        return CommandName.of(command.getClass());
    }
}
