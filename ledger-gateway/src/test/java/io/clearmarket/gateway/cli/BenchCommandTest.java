package io.clearmarket.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class BenchCommandTest {

    @Test
    void a_bench_of_nothing_in_particular_is_wrong_usage() {
        StringWriter said = new StringWriter();

        int exitCode = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(said, true))
                .execute();

        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString()).contains("say what to measure").contains("network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay DIR", "settlement DIR", "gateway", "devices", "provenance"})
    void what_measures_a_system_says_which_one_and_tells_programs_too(String bench) {
        String[] typed = (bench + " --data somewhere --json").split(" ");

        ParseResult parsed =
                new CommandLine(new BenchCommand()).parseArgs(typed).subcommand();

        assertThat(parsed.hasMatchedOption("--data")).isTrue();
        assertThat(parsed.hasMatchedOption("--json")).isTrue();
    }

    @Test
    void how_long_memory_is_watched_is_a_number_of_minutes() {
        ParseResult parsed = new CommandLine(new BenchCommand())
                .parseArgs("gateway", "--minutes", "30", "--rate", "5.5")
                .subcommand();

        assertThat(parsed.<Integer>matchedOptionValue("--minutes", 0)).isEqualTo(30);
        assertThat(parsed.<Double>matchedOptionValue("--rate", 0.0)).isEqualTo(5.5);
    }

    @Test
    void another_modules_programs_get_their_options_as_they_were_typed() {
        ParseResult bench = new CommandLine(new BenchCommand()).parseArgs("network", "--transactions", "5");
        ParseResult profile = new CommandLine(new ProfileCommand()).parseArgs("profile.json", "--msp-id", "Org1MSP");

        assertThat(bench.subcommand().unmatched()).containsExactly("--transactions", "5");
        assertThat(profile.unmatched()).containsExactly("profile.json", "--msp-id", "Org1MSP");
    }
}
