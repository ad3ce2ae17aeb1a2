package io.clearmarket.contracts;

import java.nio.file.Path;

/** The checkout that the tests run in. */
final class Checkout {
    static final ContractTools TOOLS = ContractTools.ofCheckout(Path.of(System.getProperty("clearmarket.root", "..")));

    private Checkout() {}
}
