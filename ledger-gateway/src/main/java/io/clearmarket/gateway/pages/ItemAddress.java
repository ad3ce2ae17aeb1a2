package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.provenance.DigitalLink;
import java.util.Map;

/**
 * An item's name, and where it is found here.
 *
 * @param gtin 14 digits
 */
record ItemAddress(String gtin, String serial) {
    private static final int GTIN_LENGTH = 14;

    /** With a GTIN of any length, as a code may hold it. */
    static ItemAddress of(String gtin, String serial) {
        return new ItemAddress("0".repeat(Math.max(0, GTIN_LENGTH - gtin.length())) + gtin, serial);
    }

    Epc epc() {
        return Epc.of(gtin, serial);
    }

    /** The path of its page: its GS1 Digital Link. */
    public String path() {
        return new DigitalLink("01", gtin, Map.of("21", serial)).path();
    }

    /** The part of its story that ends with the event of this number. */
    public String until(int number) {
        return path() + "?until=" + number;
    }

    /** Where the page tells of the event of this number, seen from a page with this part of the story. */
    String event(int number, ItemStory shown) {
        String there = "#event-" + number;
        return shown.shows(number) ? there : until(shown.partOf(number)) + there;
    }

    /** Where somebody shows that they have it, or hands it on. */
    public String own() {
        return "/own" + path();
    }

    /** The picture to share. */
    public String card() {
        return "/passport" + path() + "/card.png";
    }

    /** The 3D model that its maker gives. */
    public String model() {
        return "/passport" + path() + "/model.glb";
    }

    /** What lets a phone install the page. */
    public String manifest() {
        return "/passport" + path() + "/manifest.json";
    }
}
