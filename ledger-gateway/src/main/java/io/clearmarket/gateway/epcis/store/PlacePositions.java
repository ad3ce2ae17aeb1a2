package io.clearmarket.gateway.epcis.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Where places are on earth: CBV master data attributes {@code latitude} and {@code longitude} of locations, in degrees. */
@Component
public class PlacePositions {
    private final JdbcClient database;

    public PlacePositions(JdbcClient database) {
        this.database = database;
    }

    /** Degrees, WGS 84. */
    public record Degrees(double latitude, double longitude) {}

    /** Keeps what a document's header says of places; the last word counts. */
    void add(JsonNode root) {
        JsonNode vocabularies = root.path("epcisHeader").path("epcisMasterData").path("vocabularyList");
        for (JsonNode vocabulary : vocabularies) {
            for (JsonNode element : vocabulary.path("vocabularyElementList")) {
                Optional<Double> latitude = attribute(element, "latitude", 90);
                Optional<Double> longitude = attribute(element, "longitude", 180);
                if (latitude.isPresent() && longitude.isPresent()) {
                    keep(Values.canonical(element.path("id").asString("")), latitude.get(), longitude.get());
                }
            }
        }
    }

    private void keep(String id, double latitude, double longitude) {
        database.sql("""
                        insert into place_position (id, latitude, longitude) values (?, ?, ?)
                        on conflict (id) do update set latitude = excluded.latitude, longitude = excluded.longitude""").params(id, latitude, longitude).update();
    }

    private static Optional<Double> attribute(JsonNode element, String name, double most) {
        for (JsonNode attribute : element.path("attributes")) {
            String id = attribute.path("id").asString("");
            if (id.equals("cbvmda:" + name) || id.equals("urn:epcglobal:cbv:mda:" + name)) {
                return Values.number(attribute.path("attribute").asString(""))
                        .map(Number::doubleValue)
                        .filter(degrees -> Math.abs(degrees) <= most);
            }
        }
        return Optional.empty();
    }

    /** Those of these places that are known. */
    public Map<String, Degrees> of(Collection<String> places) {
        Map<String, Degrees> found = new HashMap<>();
        database.sql("select id, latitude, longitude from place_position where id = any(?)")
                .param(places.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString(1), new Degrees(row.getDouble(2), row.getDouble(3)));
                });
        return found;
    }

    /** Forgets them, because every block comes again. */
    void clear() {
        database.sql("truncate place_position").update();
    }
}
