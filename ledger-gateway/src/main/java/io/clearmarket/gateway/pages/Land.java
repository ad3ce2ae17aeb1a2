package io.clearmarket.gateway.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outline of the land, which pages show as a picture and the shared card draws: one file for both. */
final class Land {
    private static final Pattern DRAWN = Pattern.compile(" d=\"([^\"]+)\"");
    private static final Pattern RING = Pattern.compile("M(-?\\d+) (-?\\d+)l([^z]+)z");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final Path2D OUTLINE = parsed(file());

    private Land() {}

    /** In half degrees, south down. */
    static Path2D outline() {
        return OUTLINE;
    }

    private static Path2D parsed(String svg) {
        Matcher drawn = DRAWN.matcher(svg);
        if (!drawn.find()) {
            throw new IllegalStateException("land.svg holds no path");
        }
        Path2D outline = new Path2D.Double();
        RING.matcher(drawn.group(1)).results().forEach(ring -> {
            double x = Double.parseDouble(ring.group(1));
            double y = Double.parseDouble(ring.group(2));
            outline.moveTo(x, y);
            Matcher steps = NUMBER.matcher(ring.group(3));
            while (steps.find()) {
                x += Double.parseDouble(steps.group());
                y += steps.find() ? Double.parseDouble(steps.group()) : 0;
                outline.lineTo(x, y);
            }
            outline.closePath();
        });
        return outline;
    }

    private static String file() {
        try (InputStream stream = Land.class.getResourceAsStream("/static/assets/land.svg")) {
            return new String(Objects.requireNonNull(stream, "land.svg").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
