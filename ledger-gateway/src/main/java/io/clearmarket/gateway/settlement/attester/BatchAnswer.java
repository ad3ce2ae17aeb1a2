package io.clearmarket.gateway.settlement.attester;

import java.util.Map;
import java.util.TreeMap;

/** An attester's answer to a batch. */
public sealed interface BatchAnswer {
    /** One signature over the whole list: 65 bytes r||s||v, 0x-prefixed hexadecimal. */
    record Signed(String signature) implements BatchAnswer {}

    /**
     * Nothing was signed.
     *
     * @param reasons by index in the batch; the others could be signed without these
     */
    record Declined(Map<Integer, String> reasons) implements BatchAnswer {
        public Declined {
            reasons = Map.copyOf(new TreeMap<>(reasons));
        }
    }
}
