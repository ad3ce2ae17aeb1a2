package io.clearmarket.wallet.eth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** A 20-byte account address; printed, parsed and in JSON with the checksum of EIP-55. */
public final class EthAddress implements Comparable<EthAddress> {
    /** The address that nobody holds a key of. */
    public static final EthAddress ZERO = new EthAddress(new byte[20]);

    private static final int LENGTH = 20;
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

    private final byte[] bytes;

    private EthAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if there are not 20 bytes */
    public static EthAddress of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.length);
        }
        return new EthAddress(bytes.clone());
    }

    /**
     * From {@code 0x} and 40 hex digits. All in one case carries no checksum; mixed case must carry the right one.
     *
     * @throws IllegalArgumentException if it is no address or its checksum is wrong
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static EthAddress parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("an address is 0x and 40 hex digits, not \"" + excerpt(text) + "\"");
        }
        String digits = text.substring(2);
        EthAddress address = new EthAddress(HexFormat.of().parseHex(digits));
        boolean oneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!oneCase && !address.toString().equals(text)) {
            throw new IllegalArgumentException(
                    "the checksum of " + text + " is wrong; if every digit is meant, it is " + address);
        }
        return address;
    }

    /** The account of a public key, given as its 64 bytes x||y. */
    public static EthAddress ofPublicKey(byte[] point) {
        return new EthAddress(Arrays.copyOfRange(Keccak.hash256(point), 32 - LENGTH, 32));
    }

    /** The 20 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** True for {@link #ZERO}. */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** {@code 0x} and 40 lower-case hex digits, as in JSON-RPC and in keys. */
    public String lower() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(EthAddress other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EthAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** With the checksum of EIP-55. */
    @JsonValue
    @Override
    public String toString() {
        char[] digits = HexFormat.of().formatHex(bytes).toCharArray();
        byte[] hash = Keccak.hash256(new String(digits).getBytes(US_ASCII));
        for (int i = 0; i < digits.length; i++) {
            int nibble = i % 2 == 0 ? hash[i / 2] >> 4 & 0xf : hash[i / 2] & 0xf;
            if (nibble >= 8) {
                digits[i] = Character.toUpperCase(digits[i]);
            }
        }
        return "0x" + new String(digits);
    }

    private static String excerpt(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
