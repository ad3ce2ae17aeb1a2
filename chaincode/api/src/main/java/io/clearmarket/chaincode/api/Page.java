package io.clearmarket.chaincode.api;

import java.util.List;

/**
 * A page of ids.
 *
 * @param bookmark asks for the next page; "" when there is none
 */
public record Page(List<String> ids, String bookmark) {
    public Page {
        ids = List.copyOf(ids);
    }
}
