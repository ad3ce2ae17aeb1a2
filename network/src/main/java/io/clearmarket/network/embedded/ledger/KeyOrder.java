package io.clearmarket.network.embedded.ledger;

import java.util.Comparator;

/**
 * Fabric's order of keys and namespaces: unsigned UTF-8 bytes, which is the order of code points. {@code String.compareTo}
 * orders UTF-16 units and puts everything above U+FFFF before U+E000.
 */
final class KeyOrder {
    static final Comparator<String> COMPARATOR = KeyOrder::compare;

    private KeyOrder() {}

    static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xAboveBmp = Character.isSurrogate(x);
                boolean yAboveBmp = Character.isSurrogate(y);
                return xAboveBmp == yAboveBmp ? x - y : xAboveBmp ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
