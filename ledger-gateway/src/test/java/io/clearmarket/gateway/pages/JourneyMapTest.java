package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.provenance.GeoPoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JourneyMapTest {
    private static final String SAO_PAULO = "geo:-23.55,-46.63;u=5000";
    private static final String SALVADOR = "geo:-12.97,-38.50";
    private static final String SHELF = "https://id.gs1.org/414/9521234000013";

    @ParameterizedTest
    @CsvSource({
        "'geo:-23.55,-46.63',-23.55,-46.63",
        "'GEO:48,16,183;crs=WGS84;u=40',48,16",
        "'geo:90,-180',90,-180",
        "'geo:1.5,2;crs=wgs84',1.5,2"
    })
    void a_geo_uri_is_a_point(String uri, double latitude, double longitude) {
        assertThat(GeoPoint.of(uri)).contains(new GeoPoint(latitude, longitude));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SHELF,
                "geo:91,0",
                "geo:0,181",
                "geo:1;2",
                "geo:1,2;crs=moon-2011",
                "geo:1e3,2",
                "geo:,",
                "xgeo:1,2"
            })
    void another_name_is_none(String uri) {
        assertThat(GeoPoint.of(uri)).isEmpty();
    }

    @Test
    void a_story_without_coordinates_has_no_map() {
        assertThat(map(SHELF, SHELF)).isEmpty();
    }

    @Test
    void places_are_numbered_as_the_events_are_and_a_place_visited_again_is_one_stop() {
        JourneyMap map = map(SAO_PAULO, SHELF, SALVADOR, SAO_PAULO).findFirst().orElseThrow();
        assertThat(map.stops()).extracting(JourneyMap.Stop::label).containsExactly("1 4", "3");
        assertThat(map.line()).hasSize(3);
        assertThat(map.stops().getFirst().at()).isEqualTo(new JourneyMap.Vertex(-93.26, 47.1));
    }

    @Test
    void every_stop_is_in_the_frame() {
        JourneyMap map = map(SAO_PAULO, "geo:60,25", "geo:-33,151").findFirst().orElseThrow();
        assertThat(map.line()).allSatisfy(at -> {
            assertThat(at.x()).isBetween(map.left(), map.left() + map.width());
            assertThat(at.y()).isBetween(map.top(), map.top() + map.height());
        });
        assertThat(map.viewBox().split(" ")).hasSize(4);
        assertThat(map.graticule()).contains("v", "h");
    }

    @Test
    void a_way_across_the_date_line_takes_the_short_side_of_the_earth() {
        JourneyMap map = map("geo:35,140", "geo:37,-122").findFirst().orElseThrow();
        assertThat(map.line().getLast().x()).isEqualTo(476);
        assertThat(map.width()).isLessThan(360);
        assertThat(map.worlds()).containsExactly(-360, 360);
        assertThat(map("geo:0,0").findFirst().orElseThrow().worlds()).containsExactly(-360);
    }

    private static Stream<JourneyMap> map(String... places) {
        return JourneyMap.of(Arrays.stream(places).map(GeoPoint::of).toList(), 1).stream();
    }

    @Test
    void the_outline_of_the_land_has_brazil_and_not_the_middle_of_the_atlantic() {
        assertThat(List.of(Land.outline().contains(-94, 30), Land.outline().contains(-50, 60)))
                .containsExactly(true, false);
    }
}
