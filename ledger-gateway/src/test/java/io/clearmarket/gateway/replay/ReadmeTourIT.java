package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.up.UpSystem;
import io.clearmarket.gateway.up.UseSystem;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour, line by line, as a newcomer would type it. */
class ReadmeTourIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();
    private static final Pattern TOUR = Pattern.compile("## A tour of five minutes.*?```sh\\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_line_of_the_tour_works(@TempDir Path data) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(OlistReaderTest.DATA), () -> OlistReaderTest.DATA + " is not here");
        Matcher tour = TOUR.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(tour.find()).as("the README has a tour").isTrue();
        Path script = data.resolve("tour.sh");
        Files.writeString(script, "set -euo pipefail\n" + tour.group(1));
        Path output = data.resolve("tour.log");
        try (UpSystem up = UseSystem.startOwn(
                ROOT,
                data.resolve("system"),
                true,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))) {
            assertThat(up.state().gateway().getHost()).isEqualTo("127.0.0.1");
            ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            bash.environment().put("CLEARMARKET_DATA", data.resolve("system").toString());
            bash.environment().put("CLEARMARKET_BUILT", "yes");
            Process tourist = bash.start();
            boolean ended = tourist.waitFor(5, TimeUnit.MINUTES);
            String seen = Files.readString(output);
            assertThat(ended).as(seen).isTrue();
            assertThat(tourist.exitValue()).as(seen).isZero();
            assertThat(seen)
                    .contains("orders placed")
                    .contains("no difference")
                    .contains("asOf")
                    .contains("AUTHENTIC")
                    .contains("AGREED PAGE");
        }
    }
}
