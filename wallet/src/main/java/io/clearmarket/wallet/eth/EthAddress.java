package io.clearmarket.wallet.eth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An EVM account or contract.
 *
 * @param lower 0x and 40 lower-case hex digits
 */
public record EthAddress(String lower) implements Comparable<EthAddress> {
    public static final EthAddress ZERO = new EthAddress("0x" + "0".repeat(40));

    /** @throws IllegalArgumentException if it is not 0x and 40 lower-case hex digits */
    public EthAddress {
        if (!lower.matches("0x[0-9a-f]{40}")) {
            throw new IllegalArgumentException(
                    "an EVM address is 0x and 40 hex digits, not \"" + excerpt(lower) + "\"");
        }
    }

    /**
     * Reads an address in one case, or in mixed case with a right checksum (EIP-55).
     *
     * @throws IllegalArgumentException if it is no address or its checksum is wrong
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static EthAddress parse(String text) {
        if (!text.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("an EVM address is 0x and 40 hex digits, not \"" + excerpt(text) + "\"");
        }
        EthAddress address = new EthAddress(text.toLowerCase(Locale.ROOT));
        String digits = text.substring(2);
        boolean oneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!oneCase && !address.toString().equals(text)) {
            throw new IllegalArgumentException(
                    "the address " + text + " has a wrong checksum; right would be " + address);
        }
        return address;
    }

    /** The address of 20 bytes. */
    public static EthAddress of(byte[] twenty) {
        return new EthAddress("0x" + HexFormat.of().formatHex(twenty));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(lower.substring(2));
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public int compareTo(EthAddress other) {
        return lower.compareTo(other.lower);
    }

    /** With the checksum of EIP-55. */
    @JsonValue
    @Override
    public String toString() {
        String digits = lower.substring(2);
        String hash = HexFormat.of().formatHex(Keccak.hash256(digits.getBytes(US_ASCII)));
        StringBuilder mixed = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            mixed.append(hash.charAt(i) >= '8' ? Character.toUpperCase(c) : c);
        }
        return mixed.toString();
    }

    private static String excerpt(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "...";
    }
}
