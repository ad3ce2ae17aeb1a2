package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import io.clearmarket.gateway.labels.LabelSheet;
import io.clearmarket.gateway.provenance.DigitalLink;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.up.UpState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import tools.jackson.databind.JsonNode;

/** The way of a buyer: from the label on a thing to proofs checked alone, in a real browser. */
final class ScanToProof {
    private final UpState up;
    private final TestHttp auditor;

    ScanToProof(UpState up) {
        this.up = up;
        this.auditor = new TestHttp(up.gateway(), up.tokens().get("auditor"));
    }

    /** Follows an item that a replay delivered. */
    void follow() throws Exception {
        List<JsonNode> received = auditor.get("/epcis/events?EQ_bizStep=receiving&perPage=2")
                .body()
                .findPath("eventList")
                .valueStream()
                .toList();
        assertThat(received).hasSize(2);
        DigitalLink item = item(received.getFirst());
        String scanned = scanned(item);
        assertThat(scanned).isEqualTo(up.gateway() + item.path());
        Browser browser = Browser.open();
        JsonNode page = browser
                .run(
                        "passport.mjs",
                        Map.of("base", up.gateway().toString(), "chromium", browser.chromium(), "path", item.path()))
                .stream()
                .filter(visit -> visit.path("name").asString().equals("with script"))
                .findFirst()
                .orElseThrow();
        assertThat(page.path("said").asString()).startsWith("This history is authentic");
        assertThat(page.path("steps")).hasSizeGreaterThanOrEqualTo(2);
        JsonNode other = auditor.get("/api/v1/items" + item(received.getLast()).path() + "/events")
                .body();
        checkAlone(
                browser,
                other.path("events").path(0).path("event").path("eventId").stringValue());
    }

    private static DigitalLink item(JsonNode event) {
        return DigitalLink.parse(
                URI.create(event.path("epcList").path(0).stringValue()).getRawPath());
    }

    /** With the network off, the saved page takes a proof that it never saw, and not the one with a byte flipped. */
    private void checkAlone(Browser browser, String eventId) throws IOException, InterruptedException {
        byte[] proof = bytes("/api/v1/proofs?kind=event&id=" + URLEncoder.encode(eventId, UTF_8));
        byte[] flipped = proof.clone();
        flipped[flipped.length / 2] ^= 1;
        Path page = Files.createTempFile("verify", ".html");
        Files.write(page, bytes("/verify"));
        List<JsonNode> seen = browser.run(
                "verifier.mjs",
                Map.of(
                        "chromium",
                        browser.chromium(),
                        "page",
                        page.toString(),
                        "proofs",
                        List.of(
                                Map.of(
                                        "name",
                                        "true",
                                        "base64",
                                        Base64.getEncoder().encodeToString(proof)),
                                Map.of(
                                        "name",
                                        "flipped",
                                        "base64",
                                        Base64.getEncoder().encodeToString(flipped)))));
        assertThat(seen.stream().map(visit -> visit.path("verdict").asString()))
                .containsExactly("authentic", "refused");
    }

    private byte[] bytes(String path) throws IOException {
        try (var stream = up.gateway().resolve(path).toURL().openStream()) {
            return stream.readAllBytes();
        }
    }

    private String scanned(DigitalLink item) throws IOException, ReaderException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        new LabelSheet(LabelSheet.Paper.A4, 2, 3).write(up.gateway().toString(), List.of(item), pdf);
        try (PDDocument sheet = Loader.loadPDF(pdf.toByteArray())) {
            BufferedImage image = new PDFRenderer(sheet).renderImageWithDPI(0, 150);
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
            return Objects.requireNonNull(new QRCodeMultiReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText());
        }
    }
}
