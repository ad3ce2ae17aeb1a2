package io.clearmarket.chaincode.api;

/** GTIN-14 with the check digit of GS1 General Specifications, section 7.9. */
public final class Gtin {
    /** Its digits; the last one is the check digit. */
    public static final String FORM = "[0-9]{14}";

    private Gtin() {}

    /** @throws InvalidValue unless it is 14 digits with the right check digit */
    public static void require(String gtin) {
        if (!isValid(gtin)) {
            throw new InvalidValue("gtin", gtin, "14 digits, the last one being GS1's check digit");
        }
    }

    public static boolean isValid(String gtin) {
        return gtin.matches(FORM) && checkDigit(gtin.substring(0, 13)) == gtin.charAt(13);
    }

    /** The digit that completes these 13. */
    public static char checkDigit(String thirteen) {
        int sum = 0;
        for (int i = 0; i < thirteen.length(); i++) {
            int digit = thirteen.charAt(i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }
}
