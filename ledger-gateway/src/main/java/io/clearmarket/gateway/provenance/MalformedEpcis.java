package io.clearmarket.gateway.provenance;

/** What was given is not an EPCIS 2.0 JSON-LD document; the message says what is wrong. */
public final class MalformedEpcis extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public MalformedEpcis(String message) {
        super(message);
    }
}
