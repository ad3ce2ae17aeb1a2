package io.clearmarket.gateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.pages.Messages;
import io.clearmarket.gateway.testing.Scan;
import io.clearmarket.gateway.up.UpSystem;
import io.clearmarket.gateway.up.UseSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What newcomers are told to type, line by line, on one system that is up. */
class ReadmesIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();
    private static final Path OLIST = ROOT.resolve("../shared/data/olist");
    private static final Pattern COMMANDS = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    /** What is the same in every language: tags, addresses, ids, currencies, names. */
    private static final Pattern DATA = Pattern.compile(
            "<[^>]*>|0x[0-9A-Za-z…]+|[0-9a-f]{8}…[0-9a-f]{4}|\\b(BRL|GTIN|WRONG_VERSION)\\b|A good thing");

    @TempDir
    private static Path data;

    private static UpSystem up;

    /** What a Markdown file has people type in shells, block by block. */
    static List<String> commands(Path readme) throws IOException {
        return COMMANDS.matcher(Files.readString(readme))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @BeforeAll
    static void comeUp() {
        up = UseSystem.startOwn(
                ROOT,
                data.resolve("system"),
                true,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void end() {
        if (up != null) {
            up.close();
        }
    }

    @Test
    void every_line_of_the_tour_works(@TempDir Path work) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(OLIST), () -> OLIST + " is not here");
        assertThat(up.state().gateway().getHost()).isEqualTo("127.0.0.1");
        List<String> tour = commands(ROOT.resolve("README.md"));
        assertThat(tour).as("the README has one tour").hasSize(1);
        Path script = Files.writeString(work.resolve("tour.sh"), "set -euo pipefail\n" + tour.getFirst());
        Path output = work.resolve("tour.log");
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().put("CLEARMARKET_DATA", data.resolve("system").toString());
        bash.environment().put("CLEARMARKET_BUILT", "yes");
        Process tourist = bash.start();
        boolean ended = tourist.waitFor(15, TimeUnit.MINUTES);
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

    @Test
    void the_shops_tutorial_leads_to_paid_orders_in_two_languages_and_the_gateway_has_no_key_of_its_buyers(
            @TempDir Path work) throws Exception {
        ShopTutorial tutorial = new ShopTutorial(ROOT, data.resolve("system"), up.state(), work);
        List<JsonNode> journeys = tutorial.follow();
        assertThat(journeys).hasSize(2).allSatisfy(ReadmesIT::reads);
        assertThat(journeys.get(1).path("prompts").asInt())
                .as("the other's wallet asks nobody")
                .isEqualTo(2);
        assertThat(journeys.getFirst().path("seen").valueStream())
                .filteredOn(screen -> screen.path("name").asString().equals("too soon"))
                .singleElement()
                .satisfies(screen -> assertThat(screen.path("text").asString())
                        .contains("El envío cambió entretanto", "WRONG_VERSION"));
        assertThat(tutorial.statement())
                .contains(journeys.get(0).path("consignment").asString())
                .contains(journeys.get(1).path("consignment").asString());
        keysAreNowhere(journeys, work);
    }

    private static void reads(JsonNode journey) {
        Language language = Language.of(journey.path("language").asString()).orElseThrow();
        assertThat(journey.path("errors")).isEmpty();
        assertThat(journey.path("seen")).hasSizeGreaterThanOrEqualTo(7).allSatisfy(screen -> {
            String name = screen.path("name").asString() + " in " + language.code();
            assertThat(screen.path("language").asString()).as(name).isEqualTo(language.code());
            assertThat(screen.path("overflow").asInt(1)).as(name).isLessThanOrEqualTo(0);
            assertThat(screen.path("violations")).as(name).isEmpty();
            assertThat(screen.path("words"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(word -> assertThat(Messages.isEnglish(
                                    DATA.matcher(word.asString()).replaceAll(""), language))
                            .as(name + ": " + word)
                            .isFalse());
        });
    }

    /** In the gateway's whole heap, dead objects too, and in every file below the system's folder. The public keys show that the search finds what is there. */
    private static void keysAreNowhere(List<JsonNode> journeys, Path work) throws Exception {
        Path heap = Files.createDirectory(work.resolve("heap"));
        long gateway = up.state().pids().get("gateway");
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(gateway),
                        "GC.heap_dump",
                        "-all",
                        heap.resolve("gateway.hprof").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dump.waitFor()).as(said).isZero();
        for (JsonNode journey : journeys) {
            JsonNode keys = journey.path("keys");
            for (Path place : List.of(heap, data.resolve("system"))) {
                Scan scan = new Scan(place);
                assertThat(scan.filesWith(bytes(keys, "public")))
                        .as("public key in " + place)
                        .isNotEmpty();
                assertThat(scan.filesWith(bytes(keys, "signing"))).isEmpty();
                assertThat(scan.filesWith(bytes(keys, "wallet"))).isEmpty();
            }
        }
    }

    private static byte[] bytes(JsonNode keys, String name) {
        return HexFormat.of().parseHex(keys.path(name).asString());
    }
}
