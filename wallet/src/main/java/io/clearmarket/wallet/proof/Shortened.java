package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.ShownText;

/** Hostile text as an error message may quote it. */
final class Shortened {
    private static final int LONGEST = 60;

    private Shortened() {}

    static String of(String text) {
        return ShownText.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
    }
}
