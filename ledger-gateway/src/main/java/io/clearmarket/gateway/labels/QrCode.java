package io.clearmarket.gateway.labels;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** QR codes (ISO/IEC 18004, error correction M) as squares of modules, without the quiet zone of four around them. */
public final class QrCode {
    private QrCode() {}

    /**
     * The rows from the top, each a text of 1 for dark and 0 for light.
     *
     * @throws IllegalArgumentException a text too long for a QR code
     */
    public static List<String> rows(String text) {
        ByteMatrix modules = modules(text);
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < modules.getHeight(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < modules.getWidth(); x++) {
                row.append(modules.get(x, y));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                    .getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code holds " + text, e);
        }
    }
}
