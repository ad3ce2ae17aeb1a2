package io.clearmarket.contracts;

import java.nio.file.Path;

/** The checkout that the tests run in. */
final class Checkout {
    static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root", "..")).toAbsolutePath();
    static final ContractTools TOOLS = ContractTools.ofCheckout(ROOT);

    private Checkout() {}
}
