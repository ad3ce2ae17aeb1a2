package io.clearmarket.gateway.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.NodeModules;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Our parser beside npm's digital-link.js, on generated links, sound and unsound. Left out: what that library's older grammar
 * does not know as we do (AIs 235, 401, 417, 7040, 8004, 8006, 8010, 8013, 8017).
 */
class DigitalLinkOracleTest {
    private static final Path SOURCE = Path.of("src/test/digital-link");
    private static final Path WORKSHOP = Path.of("target/digital-link");
    private static final String LETTERS = "ABCXYZabcxyz0123456789-_.";

    /** Digits before the check digit, a filler that is no part of them, and what may follow as free text. */
    private record Form(String key, String filler, int digits, int text, List<String> qualifiers) {}

    private static final List<Form> FORMS = List.of(
            new Form("00", "", 17, 0, List.of()),
            new Form("01", "", 13, 0, List.of("22", "10", "21")),
            new Form("01", "", 12, 0, List.of("22", "10", "21")),
            new Form("253", "", 12, 17, List.of()),
            new Form("402", "", 16, 0, List.of()),
            new Form("414", "", 12, 0, List.of("254")),
            new Form("8003", "0", 12, 16, List.of()),
            new Form("8018", "", 17, 0, List.of("8019")));

    private final Random random = new Random(41);

    @Test
    void digital_link_js_takes_and_refuses_the_same_links_and_reads_the_same_in_them() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            paths.add(i % 3 == 0 ? damaged(path()) : path());
        }
        List<JsonNode> judged = judged(paths);
        assertThat(judged).hasSameSizeAs(paths);
        int sound = 0;
        for (int i = 0; i < paths.size(); i++) {
            JsonNode theirs = judged.get(i);
            assertThat(ours(paths.get(i))).as(paths.get(i)).isEqualTo(theirs.isNull() ? null : parts(theirs));
            sound += theirs.isNull() ? 0 : 1;
        }
        assertThat(sound).isBetween(350, 550);
    }

    private static @Nullable Map<String, String> ours(String path) {
        try {
            DigitalLink link = DigitalLink.parse(path);
            Map<String, String> parts = new TreeMap<>(link.qualifiers());
            parts.put(link.key(), link.value());
            return parts;
        } catch (DigitalLink.Invalid invalid) {
            return null;
        }
    }

    private static Map<String, String> parts(JsonNode link) {
        Map<String, String> parts = new TreeMap<>();
        for (String member : List.of("identifier", "qualifiers")) {
            link.path(member)
                    .properties()
                    .forEach(part -> parts.put(part.getKey(), part.getValue().stringValue()));
        }
        return parts;
    }

    private String path() {
        Form form = FORMS.get(random.nextInt(FORMS.size()));
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < form.digits(); i++) {
            digits.append(random.nextInt(10));
        }
        StringBuilder path =
                new StringBuilder("/").append(form.key()).append('/').append(form.filler());
        path.append(digits).append(Gs1Uris.checkDigit(digits.toString()));
        path.append(text(form.text() == 0 ? 0 : random.nextInt(form.text())));
        for (String qualifier : form.qualifiers()) {
            if (random.nextBoolean()) {
                path.append('/').append(qualifier).append('/');
                path.append(
                        qualifier.equals("8019")
                                ? Integer.toString(random.nextInt(1000))
                                : text(1 + random.nextInt(20)));
            }
        }
        return path.toString();
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** A digit changed, a letter among digits, a digit less, or qualifiers out of order. */
    private String damaged(String path) {
        int from = path.indexOf('/', 1) + 1;
        int at = from + random.nextInt(12);
        char old = path.charAt(at);
        return switch (random.nextInt(4)) {
            case 0 -> path.substring(0, at) + (char) ('0' + (old - '0' + 1) % 10) + path.substring(at + 1);
            case 1 -> path.substring(0, at) + "x" + path.substring(at + 1);
            case 2 -> path.substring(0, at) + path.substring(at + 1);
            default -> path + "/10/x/22/late";
        };
    }

    private static List<JsonNode> judged(List<String> paths) throws IOException, InterruptedException {
        Files.createDirectories(WORKSHOP);
        for (String file : List.of("package.json", "package-lock.json", "oracle.cjs")) {
            Files.copy(SOURCE.resolve(file), WORKSHOP.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        NodeModules.install(WORKSHOP, "digital-link.js");
        Process node = new ProcessBuilder("node", "oracle.cjs")
                .directory(WORKSHOP.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = node.outputWriter(UTF_8)) {
            input.write(String.join("\n", paths));
        }
        String said = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertThat(node.waitFor()).isZero();
        return Json.MAPPER.readTree(said).valueStream().toList();
    }
}
