package io.clearmarket.gateway.up;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/** A QR code in letters: two modules to a character, light ones printed, so that it scans from a dark terminal. */
final class TerminalCode {
    private static final int QUIET = 4;

    private TerminalCode() {}

    /**
     * The lines to print.
     *
     * @throws IllegalArgumentException a text too long for a QR code
     */
    static List<String> lines(String text) {
        ByteMatrix modules = modules(text);
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < modules.getHeight() + QUIET; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -QUIET; x < modules.getWidth() + QUIET; x++) {
                boolean upper = isLight(modules, x, y);
                boolean lower = isLight(modules, x, y + 1);
                line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static boolean isLight(ByteMatrix modules, int x, int y) {
        boolean inside = x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight();
        return !inside || modules.get(x, y) == 0;
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too long for a QR code", e);
        }
    }
}
