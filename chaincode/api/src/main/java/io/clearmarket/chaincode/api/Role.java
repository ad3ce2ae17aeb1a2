package io.clearmarket.chaincode.api;

/**
 * What a party may be. The certificate's attribute {@code clearmarket.role} (lower case) claims it; merchant, carrier and arbiter
 * also need the word of two organisations' operators.
 */
public enum Role {
    BUYER,
    MERCHANT,
    CARRIER,
    ARBITER,
    AUDITOR,
    OPERATOR,
    DEVICE;

    /** The certificate attribute that names a party's role. */
    public static final String ATTRIBUTE = "clearmarket.role";

    /** True if two organisations must accredit a party before it acts in this role. */
    public boolean needsAccreditation() {
        return this == MERCHANT || this == CARRIER || this == ARBITER;
    }
}
