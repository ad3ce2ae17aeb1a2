package io.clearmarket.gateway.pages;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** Text as shapes from PDFBox's own Latin font, so that a server without fonts and font libraries can draw it. */
final class Outlines {
    private static final Outlines ONLY = new Outlines();

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unitsPerEm;

    private Outlines() {
        try (InputStream stream =
                Outlines.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            this.font = new TTFParser().parse(new RandomAccessReadBuffer(Objects.requireNonNull(stream)));
            this.glyphs = font.getUnicodeCmapLookup();
            this.unitsPerEm = font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Outlines get() {
        return ONLY;
    }

    /**
     * Writes one line, smaller where it would be too wide.
     *
     * @param x where it begins, in pixels
     * @param y its base line
     * @param size pixels to an em
     * @param most the width that it may have, in pixels
     */
    synchronized void write(Graphics2D graphics, String text, double x, double y, double size, double most) {
        int[] characters = text.codePoints().toArray();
        try {
            double wide = 0;
            for (int character : characters) {
                wide += font.getAdvanceWidth(glyphs.getGlyphId(character));
            }
            double scale = Math.min(size / unitsPerEm, most / Math.max(1, wide));
            AffineTransform at = AffineTransform.getTranslateInstance(x, y);
            at.scale(scale, -scale);
            for (int character : characters) {
                int glyph = glyphs.getGlyphId(character);
                GlyphData data = font.getGlyph().getGlyph(glyph);
                if (data != null) {
                    graphics.fill(at.createTransformedShape(data.getPath()));
                }
                at.translate(font.getAdvanceWidth(glyph), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
