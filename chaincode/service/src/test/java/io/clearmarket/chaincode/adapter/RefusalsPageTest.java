package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.domain.RulesPagesTest;
import java.io.IOException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/refusals.md: every code with what the chaincode really answers, ids left out. */
class RefusalsPageTest {
    @Test
    void the_catalogue_says_what_the_chaincode_answers() throws IOException {
        StringBuilder page = new StringBuilder("""
                # What the chaincode refuses

                Generated: each code is provoked, and this is what the chaincode answered (`RefusalsPageTest`, which fails when this
                page is stale; `-Dclearmarket.pages=write` writes it). Ids, keys and numbers that differ from run to run are "...".
                A refusal is the response's message, `{"code":..., "message":...}`, of status 400; nothing was written.

                | Code | For example |
                |---|---|
                """);
        new TreeMap<>(RefusalCodesTest.cases())
                .forEach((code, provoked) -> page.append("| `")
                        .append(code)
                        .append("` | ")
                        .append(stable(provoked.get().message()))
                        .append(" |\n"));
        RulesPagesTest.requireFresh("refusals.md", page.toString());
    }

    private static String stable(String message) {
        return message.replaceAll("0x[0-9A-Fa-f]{40,}", "0x...")
                .replaceAll("[0-9a-f]{64}", "...")
                .replaceAll("\\[[^\\]]*\\.\\.\\.[^\\]]*\\]", "[...]")
                .replace("|", "\\|")
                .replace("\n", " ");
    }
}
