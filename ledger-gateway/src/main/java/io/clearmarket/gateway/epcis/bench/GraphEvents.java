package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A supply chain of any size: lots of ingredients, each used in about three of the next batches; batches of twelve items out of three
 * lots, some with an intermediate product between; items packed in cartons of six and pallets of two cartons, which are shipped and
 * received; some of the items sold.
 */
final class GraphEvents implements Iterator<ObjectNode> {
    static final int ITEMS = 12;
    private static final int CARTON = 6;
    private static final int LOTS = 3;
    private static final String GS1 = "https://id.gs1.org";
    private static final String ITEM = GS1 + "/01/09521234000044/21/";
    private static final String LOT = GS1 + "/01/09521234000037/10/";
    private static final String PRODUCT = GS1 + "/01/09521234000051/10/";
    private static final String CONTAINER = GS1 + "/00/";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final int most;
    private final Random random;
    private final Deque<ObjectNode> ready = new ArrayDeque<>();
    private int given;
    private int batches;
    private int lots;
    private long seconds;

    GraphEvents(int most, long seed) {
        this.most = most;
        this.random = new Random(seed);
    }

    @Override
    public boolean hasNext() {
        return given < most;
    }

    @Override
    public ObjectNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (ready.isEmpty()) {
            batch();
        }
        given++;
        return ready.remove();
    }

    /** Who signed the newest event. */
    String party() {
        return "party-" + batches % 97;
    }

    String item(Random chosen) {
        return ITEM + chosen.nextInt(Math.max(1, batches - 1)) + "." + chosen.nextInt(ITEMS);
    }

    String lot(Random chosen) {
        return LOT + chosen.nextInt(Math.max(1, lots - LOTS));
    }

    private void batch() {
        lot();
        while (lots < LOTS) {
            lot();
        }
        List<String> ingredients = new ArrayList<>();
        for (int i = 0; i < LOTS; i++) {
            ingredients.add(LOT + (lots - 1 - i));
        }
        if (random.nextInt(3) == 0) {
            String product = PRODUCT + batches;
            ObjectNode made = event("TransformationEvent", "creating_class_instance");
            ingredients.forEach(lot -> quantity(made, "inputQuantityList", lot));
            quantity(made, "outputQuantityList", product);
            ingredients.subList(0, LOTS - 1).clear();
            ingredients.add(product);
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(ITEM + batches + "." + i);
        }
        ObjectNode made = event("TransformationEvent", "commissioning");
        ingredients.forEach(lot -> quantity(made, "inputQuantityList", lot));
        add(made.putArray("outputEPCList"), items);
        pack(items);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            add(event("ObjectEvent", "retail_selling").putArray("epcList"), List.of(items.get(random.nextInt(ITEMS))));
        }
        batches++;
    }

    private void pack(List<String> items) {
        String pallet = CONTAINER + "%018d".formatted(batches * 10L);
        List<String> cartons = new ArrayList<>();
        for (int i = 0; i < ITEMS / CARTON; i++) {
            String carton = CONTAINER + "%018d".formatted(batches * 10L + 1 + i);
            cartons.add(carton);
            contents(carton, items.subList(i * CARTON, (i + 1) * CARTON));
        }
        contents(pallet, cartons);
        add(event("ObjectEvent", "shipping").putArray("epcList"), List.of(pallet));
        add(event("ObjectEvent", "receiving").putArray("epcList"), List.of(pallet));
    }

    private void lot() {
        quantity(event("ObjectEvent", "commissioning").put("action", "ADD"), "quantityList", LOT + lots);
        lots++;
    }

    private void contents(String parent, List<String> children) {
        ObjectNode event = event("AggregationEvent", "packing");
        event.put("action", "ADD");
        event.put("parentID", parent);
        add(event.putArray("childEPCs"), children);
    }

    private ObjectNode event(String type, String step) {
        seconds += random.nextInt(60);
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", type);
        event.put("eventTime", START.plusSeconds(seconds).toString());
        event.put("eventTimeZoneOffset", "+00:00");
        event.put("bizStep", step);
        if (type.equals("ObjectEvent")) {
            event.put("action", "OBSERVE");
        }
        event.putObject("readPoint").put("id", "https://example.org/places/" + batches % 97);
        ready.add(event);
        return event;
    }

    private static void quantity(ObjectNode event, String list, String lot) {
        ArrayNode quantities = event.path(list) instanceof ArrayNode there ? there : event.putArray(list);
        quantities.addObject().put("epcClass", lot).put("quantity", 10).put("uom", "KGM");
    }

    private static void add(ArrayNode list, List<String> things) {
        things.forEach(list::add);
    }
}
