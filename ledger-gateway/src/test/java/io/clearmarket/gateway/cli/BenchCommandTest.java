package io.clearmarket.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
}
