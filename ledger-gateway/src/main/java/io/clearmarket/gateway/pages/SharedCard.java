package io.clearmarket.gateway.pages;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The picture of an item for social networks, 1200 by 630 pixels: its code, its name and its journey. It says nothing in any
 * language but "demonstration", and nothing about whether anything was checked: a picture can't know.
 */
final class SharedCard {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 630;
    private static final int MARGIN = 40;
    private static final int CODE = 380;
    private static final Color INK = new Color(0x1b1f24);
    private static final Color SEA = new Color(0xf2f4f6);
    private static final Color LAND = new Color(0xd9dfd3);
    private static final Color WAY = new Color(0x0b5394);
    private static final Color NOTICE = new Color(0xfff2cc);
    private static final Rectangle2D FRAME = new Rectangle2D.Double(CODE + 2.0 * MARGIN, MARGIN, 700, 437.5);

    private final ItemAddress item;
    private final String link;
    private final @Nullable JourneyMap map;
    private final boolean demonstration;

    SharedCard(ItemAddress item, String link, @Nullable JourneyMap map, boolean demonstration) {
        this.item = item;
        this.link = link;
        this.map = map;
        this.demonstration = demonstration;
    }

    /** The picture as PNG. */
    byte[] png() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        code(graphics);
        words(graphics);
        if (map != null) {
            journey(graphics, map);
        }
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private void words(Graphics2D graphics) {
        graphics.setColor(INK);
        Outlines outlines = Outlines.get();
        outlines.write(graphics, "(01) " + item.gtin(), MARGIN, 480, 34, CODE);
        outlines.write(graphics, "(21) " + item.serial(), MARGIN, 530, 34, WIDTH - 2.0 * MARGIN);
        outlines.write(graphics, "clearmarket", MARGIN, 595, 30, CODE);
        if (demonstration) {
            graphics.setColor(NOTICE);
            graphics.fillRect(WIDTH - MARGIN - 340, 555, 340, 55);
            graphics.setColor(INK);
            outlines.write(graphics, "DEMONSTRATION", WIDTH - MARGIN - 320.0, 595, 34, 300);
        }
    }

    private void code(Graphics2D graphics) {
        ByteMatrix modules = modules(link);
        double module = (double) CODE / modules.getWidth();
        graphics.setColor(INK);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    graphics.fill(new Rectangle2D.Double(MARGIN + x * module, MARGIN + y * module, module, module));
                }
            }
        }
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too long for a QR code", e);
        }
    }

    private static void journey(Graphics2D graphics, JourneyMap map) {
        Graphics2D inFrame = (Graphics2D) graphics.create();
        inFrame.clip(FRAME);
        inFrame.setColor(SEA);
        inFrame.fill(FRAME);
        double scale = FRAME.getWidth() / map.width();
        AffineTransform onto = AffineTransform.getTranslateInstance(FRAME.getX(), FRAME.getY());
        onto.scale(scale, scale);
        onto.translate(-map.left(), -map.top());
        inFrame.setColor(LAND);
        for (int world : map.worlds()) {
            AffineTransform here = new AffineTransform(onto);
            here.translate(world + 360.0, 0);
            inFrame.fill(here.createTransformedShape(Land.outline()));
        }
        inFrame.setColor(WAY);
        inFrame.setStroke(new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D way = new Path2D.Double();
        JourneyMap.Vertex start = map.line().getFirst();
        way.moveTo(start.x(), start.y());
        map.line().forEach(vertex -> way.lineTo(vertex.x(), vertex.y()));
        inFrame.draw(onto.createTransformedShape(way));
        double radius = 12 / scale;
        for (JourneyMap.Stop stop : map.stops()) {
            double x = stop.at().x() - radius;
            double y = stop.at().y() - radius;
            inFrame.fill(onto.createTransformedShape(new Ellipse2D.Double(x, y, 2 * radius, 2 * radius)));
        }
        inFrame.dispose();
    }
}
