package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command.Part;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lines of the terms, and what a party means by a part of what is held. */
final class Lines {
    private Lines() {}

    /**
     * What a party decides.
     *
     * @param amount gross minor units
     * @param lines the lines that this decides, by number
     */
    record Meant(Amount amount, List<Integer> lines) {}

    /** By amount no line is decided, by lines their amounts, for all what is held and every line left. */
    static Meant meant(Part part, Subject subject) {
        Consignment now = subject.consignment();
        Amount amount = part.amount();
        if (amount != null) {
            Refuse.unless(
                    part.lines().isEmpty(),
                    RefusalCode.INVALID_VALUE,
                    () -> "part has an amount and lines; it must have at most one of them");
            Refuse.unless(
                    !amount.isZero(),
                    RefusalCode.AMOUNT_ZERO,
                    () -> "the amount is 0; to decide it must be at least 1");
            return new Meant(amount, List.of());
        }
        if (part.lines().isEmpty()) {
            return new Meant(now.money().held(), undecided(subject));
        }
        requireUndecided(part.lines(), subject);
        return new Meant(sum(part.lines(), subject.terms()), part.lines());
    }

    /** The numbers of the lines that nobody has decided yet. */
    static List<Integer> undecided(Subject subject) {
        return subject.terms().lines().stream()
                .map(Terms.Line::line)
                .filter(line -> !isDecided(line, subject.consignment()))
                .toList();
    }

    /** Lines that were not given back before shipping: these are shipped. */
    static List<Terms.Line> toShip(Subject subject) {
        return subject.terms().lines().stream()
                .filter(line -> !subject.consignment().refundedLines().contains(line.line()))
                .toList();
    }

    static void requireKnown(int number, Terms terms) {
        Refuse.unless(
                number >= 1 && number <= terms.lines().size(),
                RefusalCode.UNKNOWN_LINE,
                () -> "there is no line " + number + "; the consignment has lines 1 to "
                        + terms.lines().size());
    }

    private static void requireUndecided(Collection<Integer> numbers, Subject subject) {
        Set<Integer> seen = new HashSet<>();
        for (int number : numbers) {
            requireKnown(number, subject.terms());
            Refuse.unless(
                    seen.add(number) && !isDecided(number, subject.consignment()),
                    RefusalCode.LINE_ALREADY_DECIDED,
                    () -> "line " + number + " is decided already; undecided are " + undecided(subject));
        }
    }

    private static boolean isDecided(int line, Consignment now) {
        return now.acceptedLines().contains(line) || now.refundedLines().contains(line);
    }

    private static Amount sum(Collection<Integer> numbers, Terms terms) {
        return numbers.stream()
                .map(number -> terms.lines().get(number - 1).amount())
                .reduce(Amount.ZERO, Amount::plus);
    }
}
