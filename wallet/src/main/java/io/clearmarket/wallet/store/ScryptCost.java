package io.clearmarket.wallet.store;

/** How dear a guess at a passphrase is, in scrypt's parameters (RFC 7914); r is 8. */
public enum ScryptCost {
    /**
     * For people's keys: OWASP's recommendation, in its variant with the least memory (16 MiB), because openssl refuses to
     * read what needs over 32.
     */
    STANDARD(1 << 14, 5),
    /** For development keys, whose passphrase stands beside them. */
    LIGHT(1 << 10, 1);

    static final int R = 8;

    private final int n;
    private final int p;

    ScryptCost(int n, int p) {
        this.n = n;
        this.p = p;
    }

    int n() {
        return n;
    }

    int p() {
        return p;
    }
}
