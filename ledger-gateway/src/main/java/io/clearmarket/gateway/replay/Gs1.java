package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Gtin;
import java.util.Locale;

/**
 * GS1 keys for a replay, under GS1's demonstration prefix 952, which no company owns (GS1 General Specifications, section
 * 1.4.2).
 */
final class Gs1 {
    private static final String PREFIX = "0952";
    private static final int PRODUCTS = 1_000_000_000;

    private Gs1() {}

    /**
     * The GTIN-14 of the n-th product of the catalogue, check digit included.
     *
     * @throws IllegalArgumentException if the prefix has no room for that many products
     */
    static String gtin(int product) {
        if (product < 0 || product >= PRODUCTS) {
            throw new IllegalArgumentException("product number " + product + " has no GTIN under the prefix 952");
        }
        String digits = PREFIX + String.format(Locale.ROOT, "%09d", product);
        return digits + Gtin.checkDigit(digits);
    }

    /** A single piece as a GS1 Digital Link URI. */
    static String item(String gtin, String serial) {
        return "https://id.gs1.org/01/" + gtin + "/21/" + serial;
    }
}
