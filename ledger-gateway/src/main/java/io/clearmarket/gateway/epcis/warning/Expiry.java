package io.clearmarket.gateway.epcis.warning;

import java.time.LocalDate;

/**
 * The last day of an item's lot, or of something that it was made of: the item's own where its own master data name none.
 *
 * @param eventId the EPCIS event whose master data say so
 * @param lastDay on which it may be passed on
 */
public record Expiry(String eventId, LocalDate lastDay) {}
