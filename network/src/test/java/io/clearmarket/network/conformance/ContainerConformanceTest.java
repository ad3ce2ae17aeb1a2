package io.clearmarket.network.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.fabric.ContainerNetwork;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole suite on Fabric's own nodes in containers that Testcontainers manages; skipped where they can't be. */
@Timeout(3600)
class ContainerConformanceTest {
    @Test
    void every_statement_holds_on_fabric_in_containers(@TempDir Path directory) throws Exception {
        Optional<String> why = ContainerNetwork.unavailable();
        Assumptions.assumeTrue(why.isEmpty(), () -> why.orElse(""));
        List<Outcome> outcomes = new ArrayList<>();
        Report report = new Report(new PrintWriter(System.out, true, StandardCharsets.UTF_8), false);
        report.begin("containers");
        new Suite(new Containers(), directory, ConformanceTest.ROOT).run(Suite.statements(), outcome -> {
            report.add(outcome);
            outcomes.add(outcome);
        });
        report.end();

        assertThat(outcomes)
                .isNotEmpty()
                .filteredOn(outcome -> outcome.verdict() == Outcome.Verdict.DIFFERENT)
                .as("statements that do not hold")
                .isEmpty();
    }

    private static final class Containers implements NetworkProvider {
        @Override
        public String name() {
            return "containers";
        }

        @Override
        public Optional<String> unavailable() {
            return ContainerNetwork.unavailable();
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.allOf(Capability.class);
        }

        @Override
        public NetworkUnderTest start(NetworkPlan plan) {
            return FabricUnderTest.start(plan, ContainerNetwork::start);
        }
    }
}
