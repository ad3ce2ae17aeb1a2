package io.clearmarket.gateway.settlement.attester;

import java.util.List;
import java.util.Map;

/** Says how much an attester may let out. */
@FunctionalInterface
public interface OutflowLimit {
    /**
     * Reserves all, or nothing, durably: what is reserved counts from before the signature exists.
     *
     * @return why not, by index; empty if all is reserved
     */
    Map<Integer, String> reserve(List<OutflowGuard.Outflow> outflows);
}
