package io.clearmarket.gateway.labels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import io.clearmarket.gateway.provenance.DigitalLink;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelSheetTest {
    private static final String BASE = "https://shop.example";

    @ParameterizedTest
    @EnumSource(LabelSheet.Paper.class)
    void every_code_of_a_sheet_scans_to_its_link(LabelSheet.Paper paper) throws IOException, NotFoundException {
        List<DigitalLink> links = IntStream.range(0, 6)
                .mapToObj(i -> DigitalLink.parse("/01/09521234000044/10/LOT-7/21/item-" + i))
                .toList();
        try (PDDocument document = Loader.loadPDF(pdf(paper, links))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(scanned(new PDFRenderer(document).renderImageWithDPI(0, 150)))
                    .containsExactlyInAnyOrderElementsOf(
                            links.stream().map(link -> BASE + link.path()).toList());
            assertThat(new PDFTextStripper().getText(document))
                    .contains("(01) 09521234000044", "(10) LOT-7", "(21) item-5");
            float width = document.getPage(0).getMediaBox().getWidth();
            assertThat(width).isEqualTo(paper == LabelSheet.Paper.A4 ? 595.27563f : 612f);
        }
    }

    @Test
    void more_labels_than_a_sheet_holds_go_on_the_next() throws IOException {
        List<DigitalLink> links = IntStream.range(0, 7)
                .mapToObj(i -> DigitalLink.parse("/00/095212340000000013"))
                .toList();
        try (PDDocument document = Loader.loadPDF(pdf(LabelSheet.Paper.A4, links))) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
        }
    }

    private static byte[] pdf(LabelSheet.Paper paper, List<DigitalLink> links) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LabelSheet(paper, 2, 3).write(BASE, links, out);
        return out.toByteArray();
    }

    private static List<String> scanned(BufferedImage image) throws NotFoundException {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        BinaryBitmap bitmap = new BinaryBitmap(
                new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));
        Result[] found = new QRCodeMultiReader().decodeMultiple(bitmap, Map.of(DecodeHintType.TRY_HARDER, true));
        return Stream.of(found).map(Result::getText).toList();
    }
}
