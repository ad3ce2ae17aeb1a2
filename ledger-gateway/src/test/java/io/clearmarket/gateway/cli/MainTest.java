package io.clearmarket.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter said = new StringWriter();

    @Test
    void wrong_usage_is_2_and_a_refusal_is_1() {
        assertThat(run("verify")).isEqualTo(2);
        assertThat(run("nothing-of-the-kind")).isEqualTo(2);
        assertThat(run("resend", "no-uuid", "1.0.0")).isEqualTo(2);
        assertThat(run("trigger", "order.lost")).isEqualTo(2);
        assertThat(run("trigger", "order.placed", "--set", "colour=red")).isEqualTo(2);
        assertThat(said.toString()).contains("a message has no \"colour\"");
        assertThat(run("resend", "00000000-0000-0000-0000-000000000000", "1.0.0", "--data", "/nowhere"))
                .isEqualTo(1);
        assertThat(run("--help")).isZero();
    }

    private int run(String... arguments) {
        CommandLine line = Main.line();
        return line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said)).execute(arguments);
    }
}
