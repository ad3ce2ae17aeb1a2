package io.clearmarket.chaincode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every guard of the rules deleted, one at a time, in the class files that are deployed: some test must notice. Normally
 * five of them; {@code -Dclearmarket.guards=all} takes all, and writes what noticed which to target/guards.txt.
 */
class GuardsTest {
    private static final int FEW = 5;
    private static final List<String> QUICK = List.of("Amending", "Cases", "Custody", "Disputes", "EvidenceCheck");
    /** For what the table says. */
    private static final List<String> LEGALITY =
            List.of("domain.LegalityLines", "adapter.RefusalCases", "domain.RuleTests");

    /** For everything else. */
    private static final List<String> CASES = List.of("adapter.RefusalCases", "domain.RuleTests");

    @Test
    void a_missing_guard_is_noticed() throws Exception {
        List<Guard> guards = Guard.all();
        assertThat(guards).hasSizeGreaterThan(200);
        String wanted = System.getProperty("clearmarket.guards", "");
        Map<Guard, String> noticed = new LinkedHashMap<>();
        for (Guard guard : wanted.isEmpty() ? few(guards) : of(wanted, guards)) {
            noticed.put(guard, bySuites(guard));
            report(noticed);
        }
        // the exploration takes longest, so it has the last word only
        for (Guard guard : survivors(noticed)) {
            noticed.put(guard, byExploration(guard));
            report(noticed);
        }
        assertThat(survivors(noticed)).isEmpty();
    }

    @Test
    void nothing_is_noticed_when_no_guard_is_missing() throws Exception {
        RulesLoader loader = new RulesLoader(Guard.NONE);
        for (String suite : CASES) {
            assertThat(run(loader, suite).call()).as(suite).isEmpty();
        }
    }

    /** All, or those of some classes by their simple names. */
    private static List<Guard> of(String wanted, List<Guard> guards) {
        List<String> classes = List.of(wanted.split(",", -1));
        return guards.stream()
                .filter(guard -> wanted.equals("all")
                        || classes.contains(
                                guard.owner().substring(guard.owner().lastIndexOf('/') + 1)))
                .toList();
    }

    /** Spread over a few classes whose guards the quick cases notice. */
    private static List<Guard> few(List<Guard> guards) {
        List<Guard> quick = guards.stream()
                .filter(guard -> guard.called().equals("unless"))
                .filter(guard -> QUICK.stream().anyMatch(guard.owner()::endsWith))
                .toList();
        return IntStream.range(0, FEW)
                .mapToObj(i -> quick.get(i * quick.size() / FEW))
                .toList();
    }

    private static List<Guard> survivors(Map<Guard, String> noticed) {
        return noticed.keySet().stream()
                .filter(guard -> noticed.getOrDefault(guard, "").isEmpty())
                .toList();
    }

    private static String bySuites(Guard guard) {
        RulesLoader loader = new RulesLoader(guard);
        for (String suite : guard.owner().contains("Move") ? LEGALITY : CASES) {
            String noticed = attempt(run(loader, suite));
            if (!noticed.isEmpty()) {
                return suite + ": " + noticed;
            }
        }
        return "";
    }

    private static String byExploration(Guard guard) {
        return attempt(() -> {
            RulesLoader loader = new RulesLoader(guard);
            loader.make("io.clearmarket.chaincode.domain.ConditionsExploration").call();
            loader.make("io.clearmarket.chaincode.domain.Exploration", 2, 2, 3333, 1111)
                    .call();
            return "";
        });
    }

    private static Callable<String> run(RulesLoader loader, String suite) {
        return () -> loader.<String>make("io.clearmarket.chaincode." + suite).call();
    }

    /** What the suite noticed. A class file that can't be loaded is our own fault and notices nothing. */
    private static String attempt(Callable<String> suite) {
        try {
            return suite.call();
        } catch (Exception | AssertionError | ExceptionInInitializerError broken) {
            for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
                if (cause instanceof VerifyError || cause instanceof ClassFormatError) {
                    throw new IllegalStateException(cause);
                }
            }
            return broken.getClass().getSimpleName() + " "
                    + String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
        }
    }

    private static void report(Map<Guard, String> noticed) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(noticed.size()).append(" guards, ");
        text.append(survivors(noticed).size()).append(" survived\n");
        noticed.forEach((guard, by) -> text.append(guard)
                .append(" -> ")
                .append(by.isEmpty() ? "SURVIVED" : by)
                .append('\n'));
        Files.writeString(Path.of("target/guards.txt"), text.toString());
    }
}
