package io.clearmarket.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code labels}: what a sheet holds is tried with the sheet; here the options. */
class LabelsCommandTest {
    private static final String LINK = "/01/09521234000044/21/item-1";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"A4, 595", "a4, 595", "letter, 612", "LETTER, 612"})
    void a_sheet_is_on_the_paper_that_was_asked_for(String paper, int width) throws IOException {
        Path more = Files.writeString(folder.resolve("more"), "\nhttps://id.gs1.org/01/09521234000044/21/item-2\n");
        Path sheet = folder.resolve("sheet.pdf");
        assertThat(labels("--paper", paper, "--file", more.toString(), "--out", sheet.toString(), LINK))
                .isZero();
        try (PDDocument document = Loader.loadPDF(sheet.toFile())) {
            assertThat((int) document.getPage(0).getMediaBox().getWidth()).isEqualTo(width);
            assertThat(new PDFTextStripper().getText(document)).contains("(21) item-1", "(21) item-2");
        }
    }

    @Test
    void a_wrong_check_digit_is_refused_and_no_link_or_another_paper_is_wrong_usage() {
        String sheet = folder.resolve("sheet.pdf").toString();
        assertThat(labels("--out", sheet, LINK.replace("44/21", "45/21"))).isEqualTo(1);
        assertThat(labels("--out", sheet)).isEqualTo(2);
        assertThat(labels("--paper", "foolscap", "--out", sheet, LINK)).isEqualTo(2);
        assertThat(folder.resolve("sheet.pdf")).doesNotExist();
    }

    private static int labels(String... words) {
        return new CommandLine(new LabelsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(words);
    }
}
