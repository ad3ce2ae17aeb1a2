package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.chaincode.testing.Guard;
import io.clearmarket.chaincode.testing.RulesLoader;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One consignment, explored exhaustively on the deployed rules. {@code -Dclearmarket.exploration=3} takes three units of money
 * in the place of two.
 */
class ExplorationTest {
    /** These need terms with conditions: the smaller exploration takes such. */
    private static final Set<String> BY_EVENT = Set.of("settleByEvent", "freezeByEvent");

    /** Answers a review, which moves nothing: ReviewsTest tries it. */
    private static final Set<String> ELSEWHERE = Set.of("answerReview");

    private static final int TOTAL = Integer.getInteger("clearmarket.exploration", 2);

    @Test
    void every_promise_holds_in_every_situation_that_can_be_reached() throws Exception {
        Map<String, Object> found = explore(TOTAL, 2, 3333, 1111);
        write(found, "target/exploration.txt");
        assertThat(map(found, "reached")).hasSizeGreaterThan(100);
        Set<String> byEvent = new TreeSet<>(commandsOfTable());
        byEvent.removeAll(commandsReached(found));
        byEvent.removeAll(ELSEWHERE);
        assertThat(byEvent).isEqualTo(BY_EVENT);
        assertThat(map(found, "refusals").keySet().stream().map(Object::toString))
                .contains("WRONG_PARTY", "WRONG_VERSION", "TOO_EARLY", "TOO_LATE", "DISPUTED", "CLOSED")
                .doesNotContain("INVALID_VALUE");
    }

    /** With the events that decide: recorded, declared in error and cited by everybody, before and after everything else. */
    @Test
    void promises_hold_where_events_decide_too() throws Exception {
        Map<String, Object> found = result(ConditionsExploration.class.getName());
        write(found, "target/exploration-conditions.txt");
        assertThat(commandsReached(found)).containsAll(BY_EVENT).contains("recordEvent", "amendTerms");
        assertThat(map(found, "refusals").keySet().stream().map(Object::toString))
                .contains(
                        "CONDITION_APPLIED",
                        "CONDITION_NOT_MET",
                        "EVENT_IN_ERROR",
                        "UNKNOWN_CONDITION",
                        "EVIDENCE_WRONG_ESCROW",
                        "BAD_PARTY_SIGNATURE")
                .doesNotContain("INVALID_VALUE");
    }

    /** On demand: it takes as long as the first. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 5000, 5000", "3, 3333, 1111"})
    @EnabledIfSystemProperty(named = "clearmarket.exploration", matches = ".+")
    void promises_hold_with_one_arbiter_and_three_and_with_no_fee_or_nothing_but_fees(
            int arbiters, int feeBps, int referralBps) throws Exception {
        Map<String, Object> found = explore(2, arbiters, feeBps, referralBps);
        assertThat((Integer) found.get("situations")).isGreaterThan(500);
        assertThat(map(found, "reached").keySet().stream()
                        .map(Object::toString)
                        .anyMatch(cell -> cell.contains(" APPEALED funded | replaceArbiter")))
                .isEqualTo(arbiters == 3);
    }

    /** The exploration's result as a map, since its class here is another than the one loaded apart. */
    static Map<String, Object> explore(int total, int arbiters, int feeBps, int referralBps) throws Exception {
        return result(Exploration.class.getName(), total, arbiters, feeBps, referralBps);
    }

    private static Map<String, Object> result(String exploration, Object... arguments) throws Exception {
        Object found = new RulesLoader(Guard.NONE).make(exploration, arguments).call();
        return Arrays.stream(found.getClass().getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, component -> value(component, found)));
    }

    private static void write(Map<String, Object> found, String file) throws IOException {
        String report = report(found);
        Files.writeString(Path.of(file), report);
        System.out.println(report.substring(0, report.indexOf("\nunreached")));
    }

    private static Map<?, ?> map(Map<String, Object> found, String name) {
        return (Map<?, ?>) Objects.requireNonNull(found.get(name));
    }

    private static Object value(RecordComponent component, Object found) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(found));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> commandsOfTable() {
        return MoveTable.rows().stream()
                .map(row -> CommandName.of(row.command()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> commandsReached(Map<String, Object> found) {
        return map(found, "reached").keySet().stream()
                .map(cell -> cell.toString().split(" \\| ", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String report(Map<String, Object> found) {
        Map<?, ?> reached = map(found, "reached");
        List<String> unreached = unreached(reached);
        StringBuilder text = new StringBuilder();
        for (String count : List.of("situations", "attempts", "accepted")) {
            text.append(Objects.requireNonNull(found.get(count)))
                    .append(' ')
                    .append(count)
                    .append(", ");
        }
        text.append(reached.size()).append(" (state, command, role) cells reached, ");
        text.append(unreached.size()).append(" of the table's cells unreached\n");
        text.append("refusals: ").append(found.get("refusals")).append('\n');
        for (Object command : map(found, "writes").keySet()) {
            text.append(command).append(" reads ").append(map(found, "reads").get(command));
            text.append(", writes ").append(map(found, "writes").get(command)).append('\n');
        }
        text.append("\nunreached:\n");
        unreached.forEach(cell -> text.append(cell).append('\n'));
        text.append("\nreached:\n");
        reached.forEach(
                (cell, times) -> text.append(cell).append(" | ").append(times).append('\n'));
        return text.toString();
    }

    /** What the table allows and nobody ever got to do: states that cannot come about. */
    private static List<String> unreached(Map<?, ?> reached) {
        List<String> cells = new ArrayList<>();
        for (LegalMove row : MoveTable.rows()) {
            for (var goods : row.from()) {
                for (Quarrel quarrel : EnumSet.copyOf(row.quarrels())) {
                    row.actors().stream()
                            .sorted()
                            .map(actor -> goods + " " + quarrel + " "
                                    + (row.funds() == LegalMove.Funds.DEPOSITED ? "funded" : "unpaid") + " | "
                                    + name(row.command()) + " | " + actor)
                            .filter(cell -> !reached.containsKey(cell))
                            .forEach(cells::add);
                }
            }
        }
        return cells.stream().distinct().sorted().toList();
    }

    private static String name(Class<? extends Command> command) {
        return CommandName.of(command);
    }
}
