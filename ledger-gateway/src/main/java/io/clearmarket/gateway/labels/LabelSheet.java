package io.clearmarket.gateway.labels;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import io.clearmarket.gateway.provenance.DigitalLink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/**
 * Labels with QR codes that hold GS1 Digital Links, and what they say in words below, in the order given: left to right, top to
 * bottom. The codes are drawn as vectors (ISO/IEC 18004, error correction M, four modules of quiet zone).
 */
public final class LabelSheet {
    /** Most of a sheet is printable on any printer within this margin, in points. */
    private static final float MARGIN = 36;

    private static final int QUIET = 4;
    private static final float TEXT = 6;
    private static final float PADDING = 4;

    private final PDRectangle size;
    private final int columns;
    private final int rows;

    /** Papers. */
    public enum Paper {
        A4,
        LETTER;

        private PDRectangle size() {
            return this == A4 ? PDRectangle.A4 : PDRectangle.LETTER;
        }
    }

    /**
     * @param columns labels beside each other
     * @param rows labels below each other
     */
    public LabelSheet(Paper paper, int columns, int rows) {
        this.size = paper.size();
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Writes a PDF.
     *
     * @param base what scans lead to, such as {@code https://shop.example}
     * @param links one label each
     * @throws IllegalArgumentException a link too long for a QR code
     */
    public void write(String base, List<DigitalLink> links, OutputStream out) throws IOException {
        try (PDDocument document = new PDDocument()) {
            int perPage = columns * rows;
            for (int from = 0; from < links.size(); from += perPage) {
                PDPage page = new PDPage(size);
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    List<DigitalLink> some = links.subList(from, Math.min(links.size(), from + perPage));
                    for (int i = 0; i < some.size(); i++) {
                        label(content, i, base, some.get(i));
                    }
                }
            }
            document.save(out);
        }
    }

    private void label(PDPageContentStream content, int place, String base, DigitalLink link) throws IOException {
        float width = (size.getWidth() - 2 * MARGIN) / columns;
        float height = (size.getHeight() - 2 * MARGIN) / rows;
        int row = place / columns;
        float left = MARGIN + place % columns * width;
        float top = size.getHeight() - MARGIN - row * height;
        List<String> words = words(link);
        float side = Math.min(width, height - words.size() * (TEXT + 1)) - 2 * PADDING;
        code(content, base + link.path(), left + (width - side) / 2, top - PADDING, side);
        PDFont font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        float line = top - PADDING - side;
        for (String text : words) {
            line -= TEXT + 1;
            float textWidth = font.getStringWidth(text) / 1000 * TEXT;
            content.beginText();
            content.setFont(font, Math.min(TEXT, TEXT * (width - PADDING) / Math.max(1, textWidth)));
            content.newLineAtOffset(left + Math.max(PADDING / 2, (width - textWidth) / 2), line);
            content.showText(text);
            content.endText();
        }
    }

    private static void code(PDPageContentStream content, String text, float left, float top, float side)
            throws IOException {
        ByteMatrix modules = QrCode.modules(text);
        float module = side / (modules.getWidth() + 2 * QUIET);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    content.addRect(left + (x + QUIET) * module, top - (y + QUIET + 1) * module, module, module);
                }
            }
        }
        content.fill();
    }

    /** What people read: application identifiers in brackets, one a line. */
    private static List<String> words(DigitalLink link) {
        List<String> lines = new ArrayList<>(List.of("(" + link.key() + ") " + link.value()));
        for (String ai : List.of("22", "10", "21", "235", "254", "7040", "8011", "8019")) {
            String value = link.qualifier(ai);
            if (value != null) {
                lines.add("(" + ai + ") " + value);
            }
        }
        return lines;
    }
}
