package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import io.clearmarket.wallet.identity.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanDoorTest {
    private static final int PIXELS = 6;

    @TempDir
    Path folder;

    @Test
    void its_certificate_is_for_the_address_and_by_its_own_authority_whose_key_is_nowhere() throws Exception {
        LanDoor door = LanDoor.open(folder, new LanDoor.Asked("192.168.7.9", 8443));
        assertThat(door.uri()).hasToString("https://192.168.7.9:8443");
        X509Certificate server = Pem.certificate(Files.readString(folder.resolve("server.crt")));
        X509Certificate authority = Pem.certificate(Files.readString(door.authority()));
        server.verify(authority.getPublicKey());
        assertThat(server.getSubjectAlternativeNames()).anyMatch(name -> name.contains("192.168.7.9"));
        assertThat(server.getBasicConstraints()).isNegative();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.crt", "server.crt", "server.key");
        }
        LanDoor.open(folder, new LanDoor.Asked("192.168.7.9", 8443));
        X509Certificate next = Pem.certificate(Files.readString(folder.resolve("server.crt")));
        assertThatThrownBy(() -> next.verify(authority.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void the_code_in_the_terminal_scans_to_the_address() throws ReaderException {
        String address = "https://192.168.7.9:8443";
        List<String> lines = TerminalCode.lines(address);
        int width = lines.getFirst().length();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(width).matches("[█▀▄ ]+"));
        assertThat(width).isLessThan(80);
        assertThat(new QRCodeMultiReader().decode(photographed(lines)).getText())
                .isEqualTo(address);
    }

    /** As a dark terminal shows it: each character one module wide and two high. */
    private static BinaryBitmap photographed(List<String> lines) {
        int width = lines.getFirst().length() * PIXELS;
        int height = lines.size() * 2 * PIXELS;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char shown = lines.get(y / (2 * PIXELS)).charAt(x / PIXELS);
                boolean upper = y / PIXELS % 2 == 0;
                boolean light = shown == '█' || shown == (upper ? '▀' : '▄');
                pixels[y * width + x] = light ? 0xffffff : 0;
            }
        }
        return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    }
}
