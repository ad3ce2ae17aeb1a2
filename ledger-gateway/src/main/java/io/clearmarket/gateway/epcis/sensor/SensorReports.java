package io.clearmarket.gateway.epcis.sensor;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.capture.Captures;
import io.clearmarket.gateway.epcis.sensor.Measured.Reading;
import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import io.clearmarket.gateway.epcis.store.Stays;
import io.clearmarket.gateway.epcis.store.Stays.Stay;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells of devices' readings as EPCIS events about the things that the devices were on at the time, so that whoever follows a thing sees them
 * and its warnings are found. An AssociationEvent whose child is the device's name says what it is on.
 */
@Component
public class SensorReports {
    private static final String DEVICE = "urn:clearmarket:device:";
    /** A job is one transaction, which holds no more. */
    private static final int MOST_EVENTS = 100;

    private final JdbcClient database;
    private final Captures captures;

    SensorReports(JdbcClient database, Captures captures) {
        this.database = database;
        this.captures = captures;
    }

    /** What EPCIS events call a device. */
    public static String name(Digest device) {
        return DEVICE + device.hex();
    }

    /**
     * Records an event for each batch and each thing that its device was on; telling the same again changes nothing.
     *
     * @return a problem (RFC 9457) for each event that could not be recorded
     */
    public List<JsonNode> report(ManagedIdentity by, List<Measured> batches) {
        Map<String, List<Stay>> stays = Stays.of(
                Kind.PART,
                batches.stream().map(batch -> name(batch.device())).distinct().toList(),
                database);
        List<SensorEvent> events = new ArrayList<>();
        for (Measured batch : batches) {
            for (Stay stay : stays.getOrDefault(name(batch.device()), List.of())) {
                List<Reading> there = batch.readings().stream()
                        .filter(reading -> stay.covers(reading.time()) && SensorEvent.hasWordFor(reading))
                        .toList();
                if (!there.isEmpty()) {
                    events.add(new SensorEvent(stay.holder(), name(batch.device()), batch.batch(), there));
                }
            }
        }
        List<JsonNode> problems = new ArrayList<>();
        for (int from = 0; from < events.size(); from += MOST_EVENTS) {
            List<SensorEvent> some = events.subList(from, Math.min(events.size(), from + MOST_EVENTS));
            List<ObjectNode> told = some.stream().map(SensorEvent::json).toList();
            problems.addAll(captures.capture(
                    by,
                    Json.MAPPER.writeValueAsBytes(
                            EpcisDocument.around(told, some.getLast().at()))));
        }
        return problems;
    }
}
