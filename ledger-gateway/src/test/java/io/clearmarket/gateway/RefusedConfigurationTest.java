package io.clearmarket.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.config.PropertyRules;
import io.clearmarket.gateway.up.Launch;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that can't be started with what it was told. */
class RefusedConfigurationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| set spring.security.oauth2.resourceserver.jwt.issuer-uri to the OpenID provider",
                "--clearmarket.development=true --clearmarket.network-file=/absent | /absent (clearmarket.network-file) can't be read",
                "--clearmarket.development=true --clearmarket.commit-wait=-5s | clearmarket.commit-wait is -5000 ms; it takes nothing or more",
                "--clearmarket.development=true --spring.datasource.url=jdbc:postgresql://127.0.0.1:1/x | the database (spring.datasource.url) can't be used: Connection to 127.0.0.1:1 refused"
            })
    void says_why_in_its_own_words_and_not_by_whom_it_was_asked(String arguments, String expected) throws Exception {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Launch.java(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName(),
                "--server.port=0",
                "--clearmarket.data-dir=" + folder.resolve("data")));
        if (arguments != null) {
            command.addAll(List.of(arguments.split(" ")));
        }
        Process gateway = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(gateway.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(gateway.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log))
                .contains("APPLICATION FAILED TO START", expected)
                .doesNotContainPattern("(?m)^\\s+at ");
    }

    @Test
    void a_failure_of_which_nothing_is_known_is_left_to_be_told_in_full() {
        assertThat(new RefusedConfiguration().analyze(new NullPointerException()))
                .isNull();
        assertThat(new RefusedConfiguration().analyze(new RuntimeException(new NullPointerException())))
                .isNull();
        assertThat(Objects.requireNonNull(new RefusedConfiguration()
                                .analyze(new RuntimeException(
                                        new IllegalStateException("ours", new NullPointerException("x")))))
                        .getDescription())
                .isEqualTo("ours (x)");
    }

    @Test
    void an_address_and_a_length_of_time_are_such() {
        assertThatThrownBy(() -> PropertyRules.requireWeb("clearmarket.chain.rpc-url", URI.create("nowhere")))
                .hasMessage(
                        "clearmarket.chain.rpc-url is \"nowhere\"; it takes an address such as http://127.0.0.1:8545");
        assertThatThrownBy(() -> PropertyRules.requireWeb("p", URI.create("ftp://x")))
                .isInstanceOf(IllegalArgumentException.class);
        PropertyRules.requireWeb("p", URI.create("https://node.example/key"));
        PropertyRules.requireWeb("p", null);
        assertThatThrownBy(() -> PropertyRules.requirePositive("p", Duration.ZERO))
                .hasMessageContaining("p is 0 ms");
    }
}
