package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

public class RulesPagesTest {
    /** Where pages that are generated from the code live. */
    public static final Path DOCS = Path.of("../../docs");

    @Test
    void the_page_of_the_rules_says_what_the_table_says() throws IOException {
        requireFresh("rules.md", RulesPage.text());
    }

    /** The page is as the code would write it now; {@code -Dclearmarket.pages=write} writes it. */
    public static void requireFresh(String name, String text) throws IOException {
        Path page = DOCS.resolve(name);
        if ("write".equals(System.getProperty("clearmarket.pages"))) {
            Files.writeString(page, text);
        }
        assertThat(Files.exists(page) ? Files.readString(page) : "").isEqualTo(text);
    }
}
