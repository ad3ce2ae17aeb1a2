package io.clearmarket.chaincode.api;

import java.util.List;

/**
 * A page of a record's history.
 *
 * @param entries newest first
 * @param bookmark asks for the next page; "" when there is none
 */
public record HistoryPage(List<HistoryEntry> entries, String bookmark) {
    public HistoryPage {
        entries = List.copyOf(entries);
    }
}
