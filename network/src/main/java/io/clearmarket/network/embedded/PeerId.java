package io.clearmarket.network.embedded;

/**
 * A peer by its organisation and its number there.
 *
 * @param number 0 for {@code peer0}
 */
public record PeerId(String mspId, int number) {
    private static final String NAME = "peer";

    public PeerId {
        if (number < 0) {
            throw new IllegalArgumentException("peers are counted from 0, not from " + number);
        }
    }

    /** An organisation's first peer. */
    public static PeerId first(String mspId) {
        return new PeerId(mspId, 0);
    }

    /**
     * The peer of a {@link #key}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static PeerId of(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return first(key);
        }
        String name = key.substring(slash + 1);
        if (!name.matches(NAME + "[0-9]{1,4}")) {
            throw new IllegalArgumentException("'" + key + "' is not a peer: an MSP id, or <MSP id>/peer1, ...");
        }
        return new PeerId(key.substring(0, slash), Integer.parseInt(name.substring(NAME.length())));
    }

    /** {@code peer0}, {@code peer1}, ... */
    public String name() {
        return NAME + number;
    }

    /** The MSP id for an organisation's first peer, {@code <MSP id>/peer1} for its second, and so on. */
    public String key() {
        return number == 0 ? mspId : mspId + "/" + name();
    }

    /** As a file's name; no MSP id has an underscore. */
    String fileName() {
        return number == 0 ? mspId : mspId + "_" + name();
    }

    @Override
    public String toString() {
        return number == 0 ? "the peer of " + mspId : name() + " of " + mspId;
    }
}
