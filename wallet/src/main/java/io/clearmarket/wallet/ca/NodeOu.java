package io.clearmarket.wallet.ca;

import java.util.Locale;

/** The role that Fabric reads from a certificate's organisational unit; each certificate carries exactly one. */
public enum NodeOu {
    CLIENT,
    PEER,
    ADMIN,
    ORDERER;

    /** The OU's value, case-sensitive to Fabric. */
    public String ouValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
