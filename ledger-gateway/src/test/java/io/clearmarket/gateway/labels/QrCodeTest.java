package io.clearmarket.gateway.labels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    @Test
    void a_reader_finds_the_text_in_the_rows() throws Exception {
        String link = "https://shop.example/own/01/09521234123453/21/A-1#k3J0c3VtZXRoaW5nLXJhbmRvbS1oZXJl";
        List<String> rows = QrCode.rows(link);
        boolean[][] modules = new boolean[rows.size()][rows.size()];
        for (int y = 0; y < modules.length; y++) {
            for (int x = 0; x < modules.length; x++) {
                modules[y][x] = rows.get(y).charAt(x) == '1';
            }
        }
        assertThat(new Decoder().decode(modules).getText()).isEqualTo(link);
    }
}
