package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * Through whose eyes records are read.
 *
 * @param seesAll true for auditors, operators and the gateway itself
 * @param party whose own business is shown otherwise; absent for somebody who has none
 */
public record Viewer(boolean seesAll, @Nullable PartyId party) {
    /** The gateway's own eyes. */
    public static final Viewer GATEWAY = new Viewer(true, null);

    /** The party's id, or a text that is nobody's. */
    String partyOrNobody() {
        return party == null ? "" : party.value();
    }
}
