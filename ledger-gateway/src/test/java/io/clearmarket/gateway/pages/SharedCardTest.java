package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import io.clearmarket.gateway.provenance.GeoPoint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedCardTest {
    private static final ItemAddress ITEM = ItemAddress.of("9521234123453", "A-7/b");
    private static final String LINK = "https://shop.example" + ITEM.path();

    @Test
    void its_code_scans_to_the_items_page() throws IOException, ReaderException {
        BufferedImage card = card(null, true);
        assertThat(card.getWidth()).isEqualTo(1200);
        assertThat(card.getHeight()).isEqualTo(630);
        int[] pixels = card.getRGB(0, 0, 1200, 630, null, 0, 1200);
        BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(1200, 630, pixels)));
        assertThat(new QRCodeMultiReader().decode(bitmap).getText()).isEqualTo(LINK);
        assertThat(LINK).endsWith("/01/09521234123453/21/A-7%2Fb");
    }

    @Test
    void it_says_demonstration_where_it_is_one() throws IOException {
        // the notice's colour, and letters on it
        assertThat(card(null, true).getRGB(825, 560)).isEqualTo(0xfffff2cc);
        assertThat(inked(card(null, true), 560)).isGreaterThan(inked(card(null, false), 560) + 500);
        assertThat(card(null, false).getRGB(825, 560)).isEqualTo(0xffffffff);
    }

    @Test
    void it_draws_the_journey_over_land() throws IOException {
        JourneyMap map = JourneyMap.of(List.of(GeoPoint.of("geo:-23.55,-46.63"), GeoPoint.of("geo:-12.97,-38.50")), 1)
                .orElseThrow();
        BufferedImage card = card(map, true);
        double scale = 700 / map.width();
        for (JourneyMap.Stop stop : map.stops()) {
            int x = (int) (460 + (stop.at().x() - map.left()) * scale);
            int y = (int) (40 + (stop.at().y() - map.top()) * scale);
            assertThat(card.getRGB(x, y)).isEqualTo(0xff0b5394);
        }
        // inland, west of São Paulo
        int x = (int) (460 + (-104 - map.left()) * scale);
        int y = (int) (40 + (36 - map.top()) * scale);
        assertThat(Optional.of(card.getRGB(x, y))).contains(0xffd9dfd3);
    }

    private static int inked(BufferedImage card, int from) {
        int count = 0;
        for (int y = from; y < 605; y++) {
            for (int x = 820; x < 1160; x++) {
                count += (card.getRGB(x, y) & 0xff) < 0x80 ? 1 : 0;
            }
        }
        return count;
    }

    private static BufferedImage card(@Nullable JourneyMap map, boolean demonstration) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(new SharedCard(ITEM, LINK, map, demonstration).png()));
    }
}
