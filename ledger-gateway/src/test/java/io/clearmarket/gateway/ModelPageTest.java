package io.clearmarket.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/model.md} names tests that are there, at least one for each formula. */
class ModelPageTest {
    private static final Path ROOT = Path.of(System.getProperty("clearmarket.root", ".."));
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void every_formula_names_a_test_that_is_there() throws IOException {
        Set<String> tests = tests();
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/model.md")).stream()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(rows).allSatisfy(row -> {
            String testedBy = row.substring(row.lastIndexOf('|', row.length() - 2));
            List<String> named = TEST.matcher(testedBy)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).isNotEmpty();
            assertThat(tests).containsAll(named);
        });
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 20, (file, kind) -> file.toString().endsWith("Test.java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
