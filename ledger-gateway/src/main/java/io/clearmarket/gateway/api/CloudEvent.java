package io.clearmarket.gateway.api;

import io.clearmarket.gateway.readmodel.MarketEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain event in the structured JSON form of CloudEvents 1.0.2.
 *
 * @param id the event's position; with the source unique, and the same whenever it is told
 * @param source the ledger
 * @param type reverse-DNS, such as {@code io.clearmarket.consignment.funded}
 * @param subject the consignment, or the order, that it is about
 * @param time ledger time
 */
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        String datacontenttype,
        MarketEvent data) {

    static CloudEvent of(MarketEvent event, String ledger) {
        return new CloudEvent(
                "1.0",
                event.position().toString(),
                "urn:" + ledger,
                "io.clearmarket." + event.type(),
                subject(event),
                event.at(),
                "application/json",
                event);
    }

    private static @Nullable String subject(MarketEvent event) {
        if (event.consignmentId() != null) {
            return event.consignmentId().value();
        }
        return event.orderId() == null ? null : event.orderId().value();
    }
}
