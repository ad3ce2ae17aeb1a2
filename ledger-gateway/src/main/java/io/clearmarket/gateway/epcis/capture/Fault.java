package io.clearmarket.gateway.epcis.capture;

/**
 * Something wrong in a document.
 *
 * @param place JSON pointer (RFC 6901)
 * @param reason what is wrong there, and what would be right
 */
public record Fault(String place, String reason) {
    /** The same fault seen from further up. */
    Fault under(String parent) {
        return new Fault(parent + place, reason);
    }

    @Override
    public String toString() {
        return (place.isEmpty() ? "/" : place) + ": " + reason;
    }
}
